"""Alembic's entry: runs on the connection it is handed, inside its transaction."""

from typing import Any, Literal

from alembic import context

from storage.models import UtcDateTime, metadata


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    # A migration must not change because a class of today's program did.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
