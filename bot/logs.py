"""Structured logs: one JSON line each, without personal data and without the token.

The messenger library puts the token into its errors and representations, so every line is redacted at the
very end, whoever wrote it.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_TOKEN = re.compile(r"(?<!\d)\d{4,}:[A-Za-z0-9_-]{10,}")
_START = re.compile(r"(start=)[A-Za-z0-9_-]+")


def redact(text: str) -> str:
    return _START.sub(r"\1…", _TOKEN.sub("[token]", text))


def configure(*, readable: bool | None = None) -> None:
    """`readable`: for a person at a terminal (the default where standard error is one)."""
    people = sys.stderr.isatty() if readable is None else readable
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    final = (
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        if people
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, final, _redact_line],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _redact_line(_logger: Any, _name: str, line: str | MutableMapping[str, Any]) -> str:
    return redact(str(line))


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
