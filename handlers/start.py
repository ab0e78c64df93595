"""First contact: by invite, by a typed code, or by one's own phone number; consent before anything else.

(presses the link from the commune's sheet)
  Lời mời này dành cho đồng chí Lê Thị Mai, Bí thư Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ.
  Có phải đồng chí không?   [Đúng] [Không phải tôi]
▸ Đúng
  Hệ thống ghi: họ tên, chức vụ …   [Đồng ý] [Không đồng ý]
▸ Đồng ý
  Chào đồng chí Mai. Theo Kế hoạch 66, Chi đoàn thôn 3 còn: …
"""

from dataclasses import replace
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Contact, Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import check_ins as check_in_texts
from bot.texts import identity as texts
from bot.texts.markup import lines
from handlers import check_in, menu, owed
from rules.check_in import read_code, read_payload
from rules.names import shorten
from rules.phones import normalise
from storage import accounts, identity, invites, people

NAMES_SHOWN = 6


class Step(StrEnum):
    WHO = "who"
    CONFIRM = "confirm"
    CONSENT = "consent"


class Draft(BaseModel):
    people: list[int]  # whom the number or the invite may mean
    person: int | None = None
    invite: int | None = None


flow = Conversation("start", Draft, first=Step.CONFIRM, open_to_strangers=True)


def start_command(turn: Turn, token: str) -> Answer:
    scanned = read_payload(token)
    if scanned is not None:
        return check_in.scanned(turn, *scanned)
    if token:
        return _with_token(turn, token)
    if turn.account.person_id is not None:
        menu.refresh(turn)
        return owed.welcome(turn)
    return stranger(turn)


def stranger(turn: Turn) -> Answer:
    """Whatever somebody unknown sends."""
    match turn.event:
        case Contact(own=False):
            return Reply(texts.NOT_OWN_CONTACT, contact_label=texts.SHARE_PHONE)
        case Contact(phone=phone):
            number = normalise(phone)
            found = people.by_phone(turn.conn, number) if number else []
            turn.say(Reply(texts.THANKS_FOR_PHONE, removes_keyboard=True))
            return _begin(turn, [person.id for person in found], None) if found else Reply(texts.UNKNOWN)
        case Text(text=text) if read_code(text):
            return Reply(check_in_texts.STRANGER, contact_label=texts.SHARE_PHONE)
        case Text(text=text) if invites.clean_token(text) or _looks_like_code(text):
            return _with_token(turn, text)
    return Reply(texts.HOW_TO_BEGIN, contact_label=texts.SHARE_PHONE)


def _looks_like_code(text: str) -> bool:
    """One word with letters and digits, or long: somebody typing a code, not greeting."""
    word = text.replace("-", "").strip()
    return " " not in word and len(word) >= 6 and (any(c.isdigit() for c in word) or len(word) > 16)


def _with_token(turn: Turn, token: str) -> Answer:
    slowed = turn.account.slowed_until
    if slowed is not None and slowed > turn.now:
        return Reply(texts.slowed(max(1, round((slowed - turn.now).total_seconds() / 60))))
    invite = invites.find(turn.conn, token, turn.now)
    if invite is None:
        if turn.account.person_id is not None:
            return owed.welcome(turn)  # their own link again: no harm, no news
        identity.wrong_try(turn.conn, turn.account.id, turn.now)
        return Reply(texts.UNKNOWN, contact_label=texts.SHARE_PHONE)
    if turn.account.person_id is not None:
        if turn.account.person_id == invite.person_id:
            return owed.welcome(turn)
        return Reply(texts.LINKED_ALREADY)
    return _begin(turn, [invite.person_id], invite.id)


def _begin(turn: Turn, found: list[int], invite_id: int | None) -> Start:
    person = found[0] if len(found) == 1 else None
    step = Step.CONFIRM if person is not None else Step.WHO
    return Start(flow.name, Draft(people=found, person=person, invite=invite_id), step=step)


@flow.asks(Step.WHO)
def ask_who(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(shorten(people.get(turn.conn, one).full_name), str(one)) for one in draft.people[:NAMES_SHOWN]
    ]
    return Reply(texts.WHICH_ONE, [*buttons, Button(texts.NOBODY_OF_THESE, "none")])


@flow.receives(Step.WHO)
def receive_who(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="none"):
            return Done(Reply(texts.NOT_THEM))
        case Press(choice=choice) if choice.isdecimal() and int(choice) in draft.people:
            draft.person = int(choice)
            return Step.CONFIRM
    return None


@flow.asks(Step.CONFIRM)
def ask_confirm(turn: Turn, draft: Draft) -> Reply:
    assert draft.person is not None
    person = people.get(turn.conn, draft.person)
    return Reply(
        texts.is_it_you(person.full_name, _posts(turn, person.id), invited=draft.invite is not None),
        [Button(texts.RIGHT, "yes"), Button(texts.NOT_ME, callbacks.CANCEL + "me")],
    )


@flow.receives(Step.CONFIRM)
def receive_confirm(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="yes"):
            return Step.CONSENT
        case Press(choice="~cancelme"):
            if draft.invite is None:
                return Done(Reply(texts.NOT_THEM))
            invites.revoke(turn.conn, draft.invite, "not_me", turn.now)
            _tell_officers(turn, draft)
            return Done(Reply(texts.REVOKED))
    return None


@flow.asks(Step.CONSENT)
def ask_consent(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.NOTICE, [Button(texts.AGREE, "yes"), Button(texts.DISAGREE, "no")])


@flow.receives(Step.CONSENT)
def receive_consent(turn: Turn, draft: Draft, event: Event) -> Outcome:
    assert draft.person is not None
    match event:
        case Press(choice="no"):
            identity.refuse_consent(turn.conn, turn.account.id, texts.NOTICE_VERSION, turn.now)
            return Done(Reply(texts.DECLINED))
        case Press(choice="yes"):
            linked = identity.link(
                turn.conn, turn.account.id, draft.person, draft.invite, texts.NOTICE_VERSION, turn.now
            )
            if not linked:
                return Refusal(texts.UNKNOWN)
            turn.account = accounts.by_id(turn.conn, turn.account.id) or turn.account
            turn.posts = accounts.posts(turn.conn, draft.person, turn.today)
            menu.refresh(turn)
            welcome = owed.welcome(turn)
            return Done(replace(welcome, text=lines(welcome.text, check_in.open_for(turn))))
    return None


def _posts(turn: Turn, person_id: int) -> list[str]:
    """ "Bí thư Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ"."""
    roles = {role.code: role.name for role in turn.plan.roles}
    shown = []
    for post in accounts.posts(turn.conn, person_id, turn.today):
        above = f", {turn.unit(post.parent_id).name}" if post.parent_id is not None else ""
        shown.append(f"{roles.get(post.role, post.role)} {post.unit_name}{above}")
    return shown


def _tell_officers(turn: Turn, draft: Draft) -> None:
    """Whoever acts for the unit above hears that the invite went astray."""
    assert draft.person is not None
    person = people.get(turn.conn, draft.person)
    for post in accounts.posts(turn.conn, draft.person, turn.today)[:1]:
        if post.parent_id is not None:
            turn.tell_acting(post.parent_id, Reply(texts.invite_refused(person.full_name, post.unit_name)))
