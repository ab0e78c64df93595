"""The messenger's side of files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


class Files:
    """What people sent, as the messenger keeps it: by the id that they sent it under."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    async def call(self, _method: str, **_options: Any) -> dict[str, Any]:
        """getMe, and nothing else."""
        return {"username": "chidoan_bot"}

    @asynccontextmanager
    async def download(self, remote_id: str) -> AsyncIterator["_Stream"]:
        yield _Stream(self.contents[remote_id])


@dataclass
class _Stream:
    content: bytes

    async def iter_chunked(self, _size: int) -> AsyncIterator[bytes]:
        yield self.content
