"""The tables of one province.

A province is a database of its own, so no row carries a tenant. Times are UTC instants, days are plain
dates in the plan's time zone. Ids are never reused (a button pressed next year must not meet a stranger's
row). Nothing here is an ORM object: a turn is a handful of prebuilt Core statements.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime was about to be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ReportState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class EssayState(StrEnum):
    RECEIVING = "receiving"  # handed in, its files not all stored yet
    STORED = "stored"
    REFUSED = "refused"  # a file could not be read: still owed
    REPLACED = "replaced"
    MOVED = "moved"  # it was another person's
    RETURNED = "returned"  # its reader asked for more: owed again


class UploadState(StrEnum):
    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    DROPPED = "dropped"  # the conversation was cancelled


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # may have arrived; never sent twice by itself
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    EXPIRED = "expired"  # no longer true or no longer wanted at the moment of sending


class OutboxKind(StrEnum):
    """In the order of their priority."""

    REPLY = "reply"
    URGENT = "urgent"  # a broadcast that its sender wants sent in quiet hours too
    REMINDER = "reminder"
    BROADCAST = "broadcast"


class ReviewVerdict(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    KEPT = "kept"  # the branch stands by what it sent


class EssayVerdict(StrEnum):
    PASSED = "passed"
    RETURNED = "returned"


class TextKind(StrEnum):
    """What came of taking the text out of an essay's files."""

    READING = "reading"  # begun; whatever stays here too often kills its reader
    TEXT = "text"
    SCAN = "scan"  # photographed: read by eye
    UNREADABLE = "unreadable"


class BroadcastState(StrEnum):
    WAITING = "waiting"  # for a second pair of eyes
    SCHEDULED = "scheduled"
    PREPARING = "preparing"  # its recipients are being written down
    SENDING = "sending"
    STOPPING = "stopping"
    DONE = "done"
    CANCELLED = "cancelled"


class RecipientState(StrEnum):
    """Every recipient is in exactly one, so that the account adds up."""

    QUEUED = "queued"
    SENT = "sent"
    UNLINKED = "unlinked"  # no account
    BLOCKED = "blocked"
    REPORTED = "reported"  # had done meanwhile what the message asks for
    GONE = "gone"  # holds no such position any more
    STOPPED = "stopped"
    FAILED = "failed"
    UNKNOWN = "unknown"  # may have arrived; never sent twice by itself


class CallResult(StrEnum):
    REACHED = "reached"
    PROMISED = "promised"  # a day was named
    NO_ANSWER = "no_answer"
    NEW_SECRETARY = "new_secretary"


class ErrandState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class MaterialState(StrEnum):
    OFFERED = "offered"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class ProposalStep(StrEnum):
    UP = "up"
    DOWN = "down"
    ANSWERED = "answered"
    REMINDED = "reminded"


class MediaState(StrEnum):
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite only auto-increments INTEGER; PostgreSQL gets 64 bits.
Id = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Id, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


unit = Table(
    "unit",
    metadata,
    _id(),
    Column("code", String(60), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("name_folded", String(200), nullable=False, index=True),
    Column("level", String(30), nullable=False),  # as the roster says it
    Column(
        "duty_level", String(30), nullable=False, index=True
    ),  # whose duties it has (chi đoàn cơ sở: grassroots)
    _ref("parent_id", "unit", nullable=True, index=True),
    Column("path", String(200), nullable=False, index=True),  # "/1/5/77/": itself last
    Column("cadres", Integer),  # among the members
    Column("members", Integer),
    Column("youth", Integer),  # outside the Union
    Column("valid_from", Date),
    Column("valid_to", Date),  # last day; null: still there
    _ref("successor_id", "unit", nullable=True),
    sqlite_autoincrement=True,
)

person = Table(
    "person",
    metadata,
    _id(),
    Column("full_name", String(120), nullable=False),
    Column("name_folded", String(120), nullable=False, index=True),
    Column("phone", String(20), index=True),  # E.164
    Column("phone_erased", Boolean, nullable=False, default=False),  # by request: no import restores it
    Column("created_at", UtcDateTime, nullable=False),
    Column("erased_at", UtcDateTime),
    sqlite_autoincrement=True,
)

position = Table(
    "position",
    metadata,
    _id(),
    _ref("person_id", "person", index=True),
    _ref("unit_id", "unit", index=True),
    Column("role", String(30), nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),  # last day; null: still held
    UniqueConstraint("person_id", "unit_id", "role", "valid_from"),
    sqlite_autoincrement=True,
)

account = Table(
    "account",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("address", String(64), nullable=False),  # the chat, as text
    _ref("person_id", "person", nullable=True, index=True),
    Column("linked_at", UtcDateTime),
    Column("consented_at", UtcDateTime),  # null: nothing of the roster is shown to it
    Column("offered_person_id", Id),  # recognised, asked "is it you?", not yet linked
    Column("offered_invite_id", Id),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("unreachable_why", String(200)),
    Column("wrong_tries", Integer, nullable=False, default=0),
    Column("slowed_until", UtcDateTime),
    Column("menu", String(40)),  # the command menu last set for it
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "address"),
    sqlite_autoincrement=True,
)

invite = Table(
    "invite",
    metadata,
    _id(),
    _ref("person_id", "person", index=True),
    Column("token_hash", String(64), nullable=False, unique=True),  # SHA-256 of 128 random bits
    Column("issued_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    _ref("used_by", "account", nullable=True),
    Column("revoked_at", UtcDateTime),
    Column("revoked_why", String(60)),
    sqlite_autoincrement=True,
)

consent = Table(
    "consent",
    metadata,
    _id(),
    _ref("account_id", "account", index=True),
    _ref("person_id", "person", nullable=True, index=True),
    Column("notice", String(20), nullable=False),  # which text was shown
    Column("agreed", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

report = Table(
    "report",
    metadata,
    _id(),  # the code that people see: 412 is "mã 0412"
    Column("plan", String(60), nullable=False),
    Column("duty", String(40), nullable=False),
    _ref("unit_id", "unit", index=True),
    Column("slot", Integer, nullable=False, default=0),  # 0; a host's second session is 1
    Column("revision", Integer, nullable=False, default=1),
    Column("state", String(20), nullable=False, default=ReportState.SENT),
    Column("first_arrived_at", UtcDateTime, nullable=False),  # decides on time
    Column("last_arrived_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),  # who sent the current revision
    Column("on_behalf", Boolean, nullable=False, default=False),
    UniqueConstraint("plan", "duty", "unit_id", "slot"),
    Index("ix_report_plan_duty", "plan", "duty"),
    sqlite_autoincrement=True,
)

report_revision = Table(
    "report_revision",
    metadata,
    _id(),
    _ref("report_id", "report"),
    Column("number", Integer, nullable=False),
    Column("content", JSON, nullable=False),  # the whole report as it was sent
    Column("arrived_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    _ref("by_account_id", "account", nullable=True),
    Column("on_behalf", Boolean, nullable=False, default=False),
    UniqueConstraint("report_id", "number"),
    sqlite_autoincrement=True,
)

session = Table(
    "session",
    metadata,
    _id(),
    _ref("report_id", "report"),
    Column("plan", String(60), nullable=False),
    _ref("host_id", "unit", index=True),
    Column("level", String(30), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("place", String(300)),
    Column("hall_count", Integer),  # a control beside the branches' sum, never added to it
    Column("materials", Boolean),  # enough of them; null: chưa ghi
    Column("make_up", Boolean, nullable=False, default=False),
    Column("own", Boolean, nullable=False, default=False),  # a branch's own, for itself alone
    Column("recorded_at", UtcDateTime, nullable=False),
    UniqueConstraint("report_id"),
    sqlite_autoincrement=True,
)

session_speaker = Table(
    "session_speaker",
    metadata,
    _id(),
    _ref("session_id", "session", index=True),
    _ref("person_id", "person", nullable=True),
    Column("name", String(120), nullable=False),
    Column(
        "outside_rule", Boolean, nullable=False, default=False
    ),  # not whom the plan names: for the officer
    sqlite_autoincrement=True,
)

session_group = Table(
    "session_group",
    metadata,
    _id(),
    _ref("session_id", "session"),
    Column("group", String(40), nullable=False),  # a convened group of the plan
    Column("attended", Integer, nullable=False),
    Column("expected", Integer, nullable=False),
    UniqueConstraint("session_id", "group"),
    sqlite_autoincrement=True,
)

participation = Table(
    "participation",
    metadata,
    _id(),
    _ref("report_id", "report"),
    Column("ordinal", Integer, nullable=False),  # 0 the session itself, 1.. make-ups: they add
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),
    _ref("session_id", "session", nullable=True, index=True),  # null: the host has not recorded it yet
    Column("held_on", Date, nullable=False),
    Column("members", Integer, nullable=False),
    Column("members_expected", Integer, nullable=False),
    Column("members_roster", Integer),  # what the roster said then; differs: for the officer
    Column("cadres", Integer),  # of whom; null: chưa ghi
    Column("cadres_expected", Integer),
    Column("youth", Integer),
    Column("at_home", Integer),  # members who are not away for work or study
    Column("materials", Boolean),
    Column("proposal", Text),
    Column("proposal_level", String(30)),  # which one it concerns; null: the one directly above
    UniqueConstraint("report_id", "ordinal"),
    sqlite_autoincrement=True,
)

absence = Table(
    "absence",
    metadata,
    _id(),
    _ref("participation_id", "participation", index=True),
    _ref("person_id", "person", nullable=True),
    Column("name", String(120), nullable=False),
    Column("reason", String(300)),
    sqlite_autoincrement=True,
)

planned_day = Table(
    "planned_day",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("duty", String(40), primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),
    Column("day", Date),  # null: said that there is none yet
    Column("recorded_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
)

snooze = Table(
    "snooze",
    metadata,
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    Column("plan", String(60), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

file = Table(
    "file",
    metadata,
    _id(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),  # bytes
    Column("media_type", String(100), nullable=False),
    Column("path", String(200), nullable=False),  # below the data folder
    Column("stored_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

upload = Table(
    "upload",
    metadata,
    _id(),
    _ref("account_id", "account"),
    _ref("conversation_id", "conversation", nullable=True, index=True),
    Column(
        "subject", String(20)
    ),  # "essay", "report", "material", "inspection"; null until its conversation is sent
    Column("subject_id", Id),
    Column("remote_id", String(200), nullable=False),
    Column("remote_unique_id", String(100), nullable=False),
    Column("photo", Boolean, nullable=False),
    Column("file_name", String(255)),
    Column("size", BigInteger),
    Column("state", String(20), nullable=False, default=UploadState.WAITING),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", UtcDateTime, nullable=False),
    Column("error", String(60)),
    _ref("file_id", "file", nullable=True, index=True),
    Column("arrived_at", UtcDateTime, nullable=False),
    Index("ix_upload_subject", "subject", "subject_id"),
    Index("ix_upload_state", "state", "next_at"),
    sqlite_autoincrement=True,
)

essay = Table(
    "essay",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # where the author is convened
    _ref("person_id", "person", nullable=True, index=True),
    Column("author", String(120), nullable=False),
    Column("state", String(20), nullable=False),
    Column("route", String(20), nullable=False),  # "province" or "superior"
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("stored_at", UtcDateTime),
    _ref("by_person_id", "person", nullable=True),
    _ref("by_account_id", "account", nullable=True),
    Index("ix_essay_plan_person", "plan", "person_id"),
    sqlite_autoincrement=True,
)

essay_tally = Table(
    "essay_tally",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),
    Column("attended", Integer, nullable=False),  # essays handed in on paper, of members who owe one
    Column("expected", Integer, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
)

conversation = Table(
    "conversation",
    metadata,
    _id(),
    _ref("account_id", "account"),
    _ref("person_id", "person", nullable=True),
    _ref("unit_id", "unit", nullable=True),
    Column("flow", String(30), nullable=False),
    Column("step", String(40), nullable=False),
    Column("draft", JSON, nullable=False),
    Column("trail", JSON, nullable=False),  # [[step, draft], ...]: what Quay lại returns to
    Column("pending", JSON),  # the event that waits while [Viết tiếp] [Việc mới] is asked
    Column("version", Integer, nullable=False),
    Column("last_press", String(64)),
    Column("parked_at", UtcDateTime),
    Column("finished_at", UtcDateTime),  # kept a while: a repeat of its last press is only acknowledged
    Column("updated_at", UtcDateTime, nullable=False),
    Index(
        "uq_conversation_live",
        "account_id",
        unique=True,
        sqlite_where=text("parked_at IS NULL AND finished_at IS NULL"),
        postgresql_where=text("parked_at IS NULL AND finished_at IS NULL"),
    ),
    Index("ix_conversation_unit_flow", "unit_id", "flow"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("address", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("dedupe_key", String(120), unique=True),
    Column("not_before", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("state", String(20), nullable=False),
    Column("owner", String(40)),
    Column("lease", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(300)),
    Column("message_id", String(40)),  # the messenger's, where somebody will edit the message
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Index("ix_outbox_state", "state", "kind", "id"),
    Index("ix_outbox_chat", "channel", "address", "state", "id"),
    sqlite_autoincrement=True,
)

pause = Table(
    "pause",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("address", String(64), primary_key=True),  # "" is the whole bot
    Column("until", UtcDateTime, nullable=False),
    Column("reason", String(200), nullable=False),
)

poll_mark = Table(
    "poll_mark",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("polled_at", UtcDateTime, nullable=False),  # the domain's time of the last completed poll
    Column("wall_at", UtcDateTime, nullable=False),  # the same on the machine's own clock
)

seen_update = Table(
    "seen_update",
    metadata,
    Column("bot", String(40), primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", UtcDateTime, nullable=False, index=True),
)

failed_update = Table(
    "failed_update",
    metadata,
    _id(),
    Column("bot", String(40), nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("raw", JSON, nullable=False),
    Column("error", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

reminded = Table(
    "reminded",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("deadline", Date, primary_key=True),
    Column("stage", String(30), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", UtcDateTime, nullable=False),
    _ref("person_id", "person", nullable=True, index=True),  # who did it; null: the system
    _ref("account_id", "account", nullable=True),
    Column("action", String(40), nullable=False),
    _ref("unit_id", "unit", nullable=True, index=True),
    Column("subject", String(30)),
    Column("subject_id", Id),
    Column("facts", JSON),
    sqlite_autoincrement=True,
)

review = Table(
    "review",
    metadata,
    _id(),
    _ref("report_id", "report", index=True),
    Column("revision", Integer, nullable=False),  # of the report, as it was read
    Column("verdict", String(20), nullable=False),
    Column("field", String(30)),  # of a return: what is to be looked at again
    Column("note", String(500)),
    _ref("by_person_id", "person", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

call = Table(
    "call",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit"),
    Column("result", String(20), nullable=False),
    Column("day", Date),  # promised
    _ref("by_person_id", "person", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_call_unit_plan", "unit_id", "plan"),
    sqlite_autoincrement=True,
)

nudge = Table(
    "nudge",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),  # whose subtree
    Column("day", Date, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
)

escalated = Table(
    "escalated",
    metadata,
    Column("plan", String(60), primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),  # whose officer was told
    Column("fingerprint", String(64), nullable=False),  # of the list: told again only when it changed
    Column("told_on", Date, nullable=False),
)

snapshot = Table(
    "snapshot",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),
    Column("figures", JSON, nullable=False),  # as they were passed upward
    Column("at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    sqlite_autoincrement=True,
)

reopening = Table(
    "reopening",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),
    Column("until", Date, nullable=False),  # last day
    Column("at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    sqlite_autoincrement=True,
)

errand = Table(
    "errand",
    metadata,
    _id(),
    Column("kind", String(30), nullable=False),
    Column("args", JSON, nullable=False),
    _ref("account_id", "account"),
    _ref("person_id", "person"),
    Column("state", String(20), nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(200)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    sqlite_autoincrement=True,
)

broadcast = Table(
    "broadcast",
    metadata,
    _id(),  # the number that people see
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # from whose desk
    _ref("by_person_id", "person"),
    _ref("by_account_id", "account"),
    Column("audience", JSON, nullable=False),  # rules.audience.Audience
    Column("content", JSON, nullable=False),  # outbox form, as it was previewed
    Column("acknowledge", Boolean, nullable=False, default=False),
    Column("at_night", Boolean, nullable=False, default=False),  # sent in quiet hours too
    Column("state", String(20), nullable=False, index=True),
    Column("send_at", UtcDateTime, nullable=False),
    Column("round", Integer, nullable=False, default=1),  # 2: sent again to whom it had not reached
    Column("written_to", Id, nullable=False, default=0),  # recipients are written in the order of their ids
    Column("message_id", String(40)),  # of the sender's progress message
    _ref("approved_by", "person", nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    sqlite_autoincrement=True,
)

broadcast_recipient = Table(
    "broadcast_recipient",
    metadata,
    Column("broadcast_id", Id, ForeignKey("broadcast.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    _ref("unit_id", "unit"),  # by which the person was chosen
    Column("state", String(20), nullable=False),
    Column("error", String(300)),
    Column("acknowledged_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Index("ix_broadcast_recipient_state", "broadcast_id", "state"),
)

material = Table(
    "material",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # whose staff offers it, to its subtree
    Column("title", String(200), nullable=False),
    Column("levels", JSON, nullable=False),  # for whom; empty: every level
    Column("state", String(20), nullable=False),
    _ref("replaced_by", "material", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    sqlite_autoincrement=True,
)

material_opened = Table(
    "material_opened",
    metadata,
    Column("material_id", Id, ForeignKey("material.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    _ref("unit_id", "unit", nullable=True),
    Column("first_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
)

media_item = Table(
    "media_item",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # that published it
    Column("kind", String(40), nullable=False),  # of the plan's media
    Column("title", String(200), nullable=False),
    Column("published_on", Date, nullable=False),
    Column("link", String(600)),
    Column("link_key", String(600)),  # rules.links: one page, one item; null: no link, or withdrawn
    Column("state", String(20), nullable=False),
    Column("best_at", UtcDateTime),  # when the top marked it as one of the best; null: it did not
    _ref("broadcast_id", "broadcast", nullable=True),  # by which it went to everybody, the last one
    Column("at", UtcDateTime, nullable=False),  # when it was reported
    _ref("by_person_id", "person", nullable=True),
    _ref("by_account_id", "account", nullable=True),
    UniqueConstraint("plan", "link_key"),
    sqlite_autoincrement=True,
)


# -- inspection and supervision


class InspectionState(StrEnum):
    PLANNED = "planned"
    VISITED = "visited"  # something is to be mended
    MENDED = "mended"  # so the unit says; the team has yet to look
    CLOSED = "closed"
    CANCELLED = "cancelled"


class FollowUp(StrEnum):
    MENDED = "mended"
    NOT_ENOUGH = "not_enough"
    CLOSED = "closed"


inspection = Table(
    "inspection",
    metadata,
    _id(),  # the number that people see
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # which is inspected
    _ref("by_unit_id", "unit", index=True),  # whose team
    Column("reasons", JSON, nullable=False),  # rules.inspections.Why; empty: the team chose it
    Column("planned_on", Date, nullable=False),
    Column("visited_on", Date),
    Column("state", String(20), nullable=False),
    # As the team counted; null is "chưa ghi". Cadres are among the members.
    Column("members", Integer),
    Column("members_expected", Integer),
    Column("cadres", Integer),
    Column("cadres_expected", Integer),
    Column("conclusion", String(500)),  # what is to be mended; null: nothing
    Column("mend_by", Date),  # last day
    Column("created_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    Index("ix_inspection_plan_state", "plan", "state"),
    sqlite_autoincrement=True,
)

inspection_finding = Table(
    "inspection_finding",
    metadata,
    Column("inspection_id", Id, ForeignKey("inspection.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # in the plan's checklist
    Column("good", Boolean, nullable=False),
    Column("note", String(500)),  # of what was not
)

inspection_follow_up = Table(
    "inspection_follow_up",
    metadata,
    _id(),
    _ref("inspection_id", "inspection", index=True),
    Column("verdict", String(20), nullable=False),  # FollowUp
    Column("note", String(500)),
    _ref("by_person_id", "person", nullable=True),
    Column("at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

essay_text = Table(
    "essay_text",
    metadata,
    Column("essay_id", Id, ForeignKey("essay.id"), primary_key=True),
    Column("text", Text),
    Column("pages", Integer),  # null: its files do not say
    Column("kind", String(20), nullable=False),
    Column("why", String(20)),  # of a file that could not be read: storage.essay_files.Why
    Column("attempts", Integer, nullable=False),
    _ref("like_id", "essay", nullable=True),  # an earlier essay that it resembles
    Column("like_percent", Integer),  # of the shorter one
    Column("plan_percent", Integer),  # of its words that stand in the plan's text like this
    Column("checked_at", UtcDateTime, nullable=False),
)

# A few of the hashes of an essay's word sequences: those who share many are compared whole.
essay_mark = Table(
    "essay_mark",
    metadata,
    Column("essay_id", Id, ForeignKey("essay.id"), primary_key=True),
    Column("mark", BigInteger, primary_key=True),
    Index("ix_essay_mark_mark", "mark"),
)

essay_review = Table(
    "essay_review",
    metadata,
    Column("essay_id", Id, ForeignKey("essay.id"), primary_key=True),  # an essay is judged once
    Column("verdict", String(20), nullable=False),
    Column("note", Text),
    Column("proposal", Text),  # what the essay proposes, as its reader noted it
    Column("proposal_level", String(30)),  # which one it concerns; null: the one directly above
    _ref("by_person_id", "person"),
    Column("at", UtcDateTime, nullable=False),
)

# -- proposals: what becomes of each

# What was said of a proposal, oldest first. A proposal is named by where it stands (storage.proposals.Source,
# the row there, and of a report participation.ordinal) and by its text: one that was changed begins anew.
proposal_step = Table(
    "proposal_step",
    metadata,
    _id(),
    Column("source", String(10), nullable=False),
    Column("source_id", Id, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("proposal", Text, nullable=False),
    Column("kind", String(20), nullable=False),  # ProposalStep
    Column("level", String(30)),  # whose it is from then on, or whose answer it is; null: not recorded then
    Column("text", Text),  # the answer, or what was said when it was passed on
    _ref("by_person_id", "person", nullable=True),  # null: the program reminded
    Column("at", UtcDateTime, nullable=False),
    Index("ix_proposal_step_source", "source", "source_id"),
    sqlite_autoincrement=True,
)


# -- sessions before they are held, and who is in the hall


class MeetingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"  # its session was recorded
    CANCELLED = "cancelled"


class HalfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class GuestAnswer(StrEnum):
    COMING = "coming"
    EXCUSED = "excused"


class NoticeKind(StrEnum):
    INVITE = "invite"
    CHANGE = "change"  # of what was told before
    REMIND = "remind"  # the evening before
    ASK = "ask"  # those who have not answered
    OFF = "off"


meeting = Table(
    "meeting",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("host_id", "unit", index=True),
    Column("level", String(30), nullable=False),  # the host's, as it has duties
    Column("day", Date, nullable=False),
    Column("half", String(20), nullable=False),  # HalfDay
    Column("place", String(300), nullable=False),
    _ref("speaker_id", "person", nullable=True),
    Column("speaker_name", String(120)),  # null: not known yet
    Column("make_up", Boolean, nullable=False, default=False),
    Column("state", String(20), nullable=False),
    Column("edition", Integer, nullable=False, default=1),  # a change of day, half or place is told anew
    _ref("session_id", "session", nullable=True),  # as it was recorded afterwards
    Column("secret", String(64), nullable=False),  # hex; the check-in code of a minute is made of it
    Column("check_in_until", UtcDateTime),  # null: never opened
    Column("created_at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    Index("ix_meeting_plan_day", "plan", "day"),
    sqlite_autoincrement=True,
)

meeting_guest = Table(
    "meeting_guest",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    _ref("unit_id", "unit"),  # by whose position the person is convened
    Column("told_edition", Integer, nullable=False, default=0),  # of the meeting; 0: not written to yet
    Column("answer", String(20)),  # GuestAnswer; null: none yet
    Column("reason", String(300)),  # of who asks to be excused
    Column("answered_at", UtcDateTime),
    Index("ix_meeting_guest_person_id", "person_id"),
)

# A round of messages to the guests of a meeting, written into the outbox in the order of their ids.
meeting_notice = Table(
    "meeting_notice",
    metadata,
    _id(),
    _ref("meeting_id", "meeting"),
    Column("occasion", String(60), nullable=False),  # what must not be told twice: "remind:2"
    Column("kind", String(20), nullable=False),  # NoticeKind
    Column("edition", Integer, nullable=False),  # of the meeting, of which it tells
    Column("changed", String(60)),  # "day,place": what differs from what was told before
    Column("written_to", Id, nullable=False, default=0),  # the last guest that was looked at
    Column("created_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime, index=True),  # null: not everybody is written to yet
    UniqueConstraint("meeting_id", "occasion"),
    sqlite_autoincrement=True,
)

check_in = Table(
    "check_in",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    _ref("unit_id", "unit"),  # by whose position the person came
    Column("at", UtcDateTime, nullable=False),
    Column("convened", Boolean, nullable=False),  # whether the plan convenes the person by that position
)

# Where a hall's code stands on somebody's phone; gone once it is over.
check_in_screen = Table(
    "check_in_screen",
    metadata,
    Column("meeting_id", Id, ForeignKey("meeting.id"), primary_key=True),
    Column("account_id", Id, ForeignKey("account.id"), primary_key=True),
    Column("number", Integer, nullable=False),  # of its message, the latest one counted
    Column("shown_at", UtcDateTime),  # the minute whose code it shows; null: not sent yet
)


# -- speakers: the registers, their training, and how the level above judges them


class Grade(StrEnum):
    """In the order in which they are offered."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


speaker = Table(
    "speaker",
    metadata,
    _id(),
    _ref("unit_id", "unit"),  # whose register
    _ref("person_id", "person", nullable=True, index=True),
    Column("name", String(120), nullable=False),
    Column("name_key", String(120)),  # rules.names.name_key: one of a name in a register; null: withdrawn
    Column("workplace", String(200)),  # of somebody who is not of the unit itself
    Column("at", UtcDateTime, nullable=False),
    _ref("by_person_id", "person", nullable=True),
    UniqueConstraint("unit_id", "name_key"),
    sqlite_autoincrement=True,
)

training = Table(
    "training",
    metadata,
    _id(),
    _ref("report_id", "report"),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),  # which reports it
    Column("held_on", Date, nullable=False),
    Column("place", String(300)),
    Column("held_by", String(200)),
    Column("topic", String(300)),
    UniqueConstraint("report_id"),
    sqlite_autoincrement=True,
)

# Who attended by name, and how many came from a unit and those below it where the names are not all known.
training_speaker = Table(
    "training_speaker",
    metadata,
    Column("training_id", Id, ForeignKey("training.id"), primary_key=True),
    Column("speaker_id", Id, ForeignKey("speaker.id"), primary_key=True),
)

training_count = Table(
    "training_count",
    metadata,
    Column("training_id", Id, ForeignKey("training.id"), primary_key=True),
    Column("unit_id", Id, ForeignKey("unit.id"), primary_key=True),
    Column("people", Integer, nullable=False),  # those named among them
)

# By name, for the rows of session_speaker are written anew whenever their session is corrected.
speaker_judgement = Table(
    "speaker_judgement",
    metadata,
    Column("session_id", Id, ForeignKey("session.id"), primary_key=True),
    Column("name_key", String(120), primary_key=True),
    Column("grade", String(20), nullable=False),
    Column("note", String(500)),
    _ref("by_person_id", "person", nullable=True),
    Column("at", UtcDateTime, nullable=False),
)


# -- activities


class ActivityState(StrEnum):
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


activity = Table(
    "activity",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),
    Column("title", String(200), nullable=False),
    Column("title_folded", String(200), nullable=False),  # rules.names.fold
    Column("held_on", Date, nullable=False),
    Column("people", Integer),  # null: "chưa ghi"
    Column("place", String(200)),
    Column("state", String(20), nullable=False),
    Column("at", UtcDateTime, nullable=False),  # when it was recorded
    _ref("by_person_id", "person", nullable=True),
    _ref("by_account_id", "account", nullable=True),
    sqlite_autoincrement=True,
)


# -- the list for the year-end rating: what a unit contests, once, and how the level above decided, once

rating_contest = Table(
    "rating_contest",
    metadata,
    _id(),
    Column("plan", String(60), nullable=False),
    _ref("unit_id", "unit", index=True),
    Column("fact", String(20), nullable=False),  # code of a fact of the plan
    Column("figures", String(20), nullable=False),  # rules.rating.Standing that was contested
    Column("note", String(500), nullable=False),
    _ref("by_person_id", "person"),
    Column("at", UtcDateTime, nullable=False),
    Column("verdict", String(20)),  # rules.rating.Verdict; null: it waits
    Column("reason", String(500)),
    _ref("decided_by_unit_id", "unit", nullable=True),  # at whose desk
    _ref("decided_by", "person", nullable=True),
    Column("decided_at", UtcDateTime),
    UniqueConstraint("plan", "unit_id", "fact"),
    sqlite_autoincrement=True,
)
