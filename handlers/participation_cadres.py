"""Cadres in a participation report: all there, or who was absent and why.

▸ Có đồng chí vắng
  Đồng chí nào vắng?   [Lê Thị Mai] [✓ Trần Văn Hùng] [Phạm Thu Hà] [Đồng chí khác] [Xong]
▸ Xong
  Đồng chí Trần Văn Hùng vắng vì sao?   [Đi công tác] [Ốm, thai sản] …
"""

from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import participation as texts
from bot.texts import say
from handlers.participation_draft import Draft, Missing, Step, after_counts, cadres_expected, cadres_of, flow
from rules.counting import read_count
from rules.names import clean, read_person_name
from rules.reasons import Reason
from storage import meeting_guests

SAID_BEFORE = "said"  # the reason given when they were invited


@flow.asks(Step.CADRES)
def ask_cadres(turn: Turn, draft: Draft) -> Reply:
    cadres = cadres_expected(turn, draft)
    return Reply(
        texts.cadres_all_there(cadres),
        [Button(texts.all_present(cadres), "all"), Button(texts.SOME_ABSENT, "some")],
    )


@flow.receives(Step.CADRES)
def receive_cadres(turn: Turn, draft: Draft, event: Event) -> Outcome:
    cadres = cadres_expected(turn, draft)
    match event:
        case Press(choice="all"):
            draft.absent = []
            return _with_cadres(draft, cadres)
        case Press(choice="some"):
            return Step.ABSENT
        case Text(text=text):
            count = read_count(text, cadres)
            if isinstance(count, Reason):
                return count
            return _with_cadres(draft, cadres) if count.attended == count.expected else Step.ABSENT
    return None


def _with_cadres(draft: Draft, cadres: int) -> Outcome:
    assert draft.members is not None
    if cadres > draft.members[0]:
        return Refusal(texts.CADRES_OVER)
    draft.cadres = cadres
    return after_counts(draft)


@flow.asks(Step.ABSENT)
def ask_absent(turn: Turn, draft: Draft) -> Reply:
    gone = {one.person_id for one in draft.absent}
    cadres = cadres_of(turn, draft.unit)
    buttons = [
        Button(("✓ " if person.id in gone else "") + label, f"p{person.id}")
        for person, label in zip(cadres, turn.labels_of(cadres), strict=True)
    ]
    buttons += [Button(texts.SOMEBODY_ELSE, "else"), Button(texts.FINISHED, "done")]
    return Reply(texts.who_was_absent([one.name for one in draft.absent]), buttons)


@flow.receives(Step.ABSENT)
def receive_absent(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="else"):
            return Step.ABSENT_NAME
        case Press(choice="done"):
            return _absent_named(turn, draft)
        case Press(choice=choice):
            for person in cadres_of(turn, draft.unit):
                if choice == f"p{person.id}":
                    _toggle(draft, Missing(name=person.full_name, person_id=person.id))
                    return Step.ABSENT
        case Text():
            return receive_absent_name(turn, draft, event)
    return None


def _toggle(draft: Draft, who: Missing) -> None:
    kept = [one for one in draft.absent if one.person_id != who.person_id]
    draft.absent = kept if len(kept) < len(draft.absent) else [*draft.absent, who]


def _absent_named(turn: Turn, draft: Draft) -> Outcome:
    cadres = cadres_expected(turn, draft)
    if not draft.absent and draft.answers:
        return _with_cadres(draft, cadres)
    if not draft.absent:
        return Refusal(texts.NOBODY_NAMED)
    if len(draft.absent) > cadres:
        return Refusal(texts.TOO_MANY_NAMED)
    assert draft.members is not None
    if cadres - len(draft.absent) > draft.members[0]:
        return Refusal(texts.CADRES_OVER)
    draft.cadres = cadres - len(draft.absent)
    # Who answers a return was asked about the names; the superior has heard the reason, or asks for it.
    return Step.REASON if _without_reason(draft) and not draft.answers else after_counts(draft)


@flow.asks(Step.ABSENT_NAME)
def ask_absent_name(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.NAME_SOMEBODY)


@flow.receives(Step.ABSENT_NAME, prose=True)
def receive_absent_name(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    name = read_person_name(event.text)
    if isinstance(name, Reason):
        return name
    known = [person for person in cadres_of(turn, draft.unit) if person.full_name == name]
    who = Missing(name=name, person_id=known[0].id if known else None)
    if all(one.name != name for one in draft.absent):
        draft.absent = [*draft.absent, who]
    return Step.ABSENT


@flow.asks(Step.REASON)
def ask_reason(turn: Turn, draft: Draft) -> Reply:
    waiting = _without_reason(draft)
    assert waiting is not None
    buttons = [Button(label, str(place)) for place, label in enumerate(texts.REASONS)]
    said = _said_before(turn, draft, waiting)
    if said is not None:
        buttons.insert(0, Button(say.both_ends(said), SAID_BEFORE))
    return Reply(texts.why_absent(waiting.name), buttons)


def _said_before(turn: Turn, draft: Draft, who: Missing) -> str | None:
    """Why they asked to be excused when they were invited."""
    if draft.session is None or who.person_id is None:
        return None
    return meeting_guests.excused_of_session(turn.conn, draft.session, who.person_id)


@flow.receives(Step.REASON, prose=True)
def receive_reason(turn: Turn, draft: Draft, event: Event) -> Outcome:
    waiting = _without_reason(draft)
    assert waiting is not None
    match event:
        case Press(choice=choice) if choice.isdecimal() and int(choice) < len(texts.REASONS):
            waiting.reason = texts.REASONS[int(choice)]
        case Press(choice=choice) if choice == SAID_BEFORE:
            waiting.reason = _said_before(turn, draft, waiting)
        case Text(text=text) if clean(text):
            waiting.reason = clean(text)[:300]
        case _:
            return None
    return Step.REASON if _without_reason(draft) else after_counts(draft)


def _without_reason(draft: Draft) -> Missing | None:
    return next((one for one in draft.absent if one.reason is None), None)
