"""What a job says to somebody: an outbox row, in the job's transaction."""

from sqlalchemy import Connection

from bot.engine.replies import Reply, payload
from bot.engine.turn import standing_rows
from scheduler.job import Desk
from storage import accounts, outbox
from storage.models import OutboxKind


def tell(desk: Desk, conn: Connection, account_id: int, reply: Reply) -> list[outbox.Row]:
    """Rows to offer to the sender once they are committed."""
    account = accounts.by_id(conn, account_id)
    if account is None:
        return []
    row = outbox.add(
        conn,
        kind=OutboxKind.REPLY,
        channel=account.channel,
        address=account.address,
        payload=payload(reply, standing_rows(reply.buttons), None),
        now=desk.clock.now(),
    )
    return [row] if row is not None else []
