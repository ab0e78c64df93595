"""What a job says to somebody: an outbox row, in the job's transaction."""

from typing import Any

from sqlalchemy import Connection

from bot.engine.replies import Reply, payload
from bot.engine.turn import standing_rows
from scheduler.job import Desk
from storage import accounts, outbox
from storage.accounts import Account
from storage.models import OutboxKind


def tell(desk: Desk, conn: Connection, account_id: int, reply: Reply) -> list[outbox.Row]:
    """Rows to offer to the sender once they are committed."""
    account = accounts.by_id(conn, account_id)
    if account is None:
        return []
    return queue(desk, conn, account, payload(reply, standing_rows(reply.buttons), None))


def queue(
    desk: Desk, conn: Connection, account: Account, form: dict[str, Any], key: str | None = None
) -> list[outbox.Row]:
    """As `tell`; none where a row of this dedupe key is there already."""
    row = outbox.add(
        conn,
        kind=OutboxKind.REPLY,
        channel=account.channel,
        address=account.address,
        payload=form,
        now=desk.clock.now(),
        dedupe_key=key,
    )
    return [row] if row is not None else []
