"""What need not be asked in a participation report: [Bổ sung]; and what the host of an own session gives."""

from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Event, File, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import participation as texts
from bot.texts import proposals as proposal_texts
from bot.texts.markup import lines
from handlers import proposal_level, session_parts
from handlers.participation_draft import Draft, Step, add_photo, after_more, flow, next_step
from rules.names import clean
from rules.reading import read_number
from rules.reasons import Reason

# -- the branch's own session


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_place(turn, draft.unit)


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    place = session_parts.read_place(turn, draft.unit, event)
    if not isinstance(place, str):
        return place
    assert draft.own is not None
    draft.own.place = place
    return next_step(draft, Step.SPEAKER)


@flow.asks(Step.SPEAKER)
def ask_speaker(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_speaker(turn, draft.unit)


@flow.receives(Step.SPEAKER, prose=True)
def receive_speaker(turn: Turn, draft: Draft, event: Event) -> Outcome:
    speaker = session_parts.read_speaker(turn, draft.unit, event)
    if not isinstance(speaker, session_parts.SpeakerDraft):
        return speaker
    assert draft.own is not None
    draft.own.speaker = speaker
    return next_step(draft, Step.MEMBERS)


@flow.asks(Step.MORE)
def ask_more(turn: Turn, draft: Draft) -> Reply:
    levels = proposal_level.buttons(turn, draft.unit, draft.proposal_level) if draft.proposal else []
    buttons = [
        *levels,
        Button("Thanh niên", Step.YOUTH),
        Button("Đi làm ăn xa", Step.AT_HOME),
        Button("Tài liệu", Step.MATERIALS),
        Button("Ảnh", Step.PHOTOS),
        Button("Kiến nghị", Step.PROPOSAL),
        Button(texts.FINISHED, Step.SUMMARY),
    ]
    if not levels:
        return Reply(texts.WHAT_MORE, buttons)
    owner = proposal_level.owner_of(turn, draft.unit, draft.proposal_level)
    return Reply(lines(proposal_texts.goes_to(owner.name), texts.WHAT_MORE), buttons)


@flow.receives(Step.MORE)
def receive_more(turn: Turn, draft: Draft, event: Event) -> Outcome:
    offered = (Step.YOUTH, Step.AT_HOME, Step.MATERIALS, Step.PHOTOS, Step.PROPOSAL, Step.SUMMARY)
    match event:
        case Press(choice=choice) if choice in offered:
            return Step(choice)
        case Press(choice=choice) if draft.proposal:
            level = proposal_level.read(turn, draft.unit, choice)
            if level is not None:
                draft.proposal_level = level
                return Step.MORE
        case File(photo=True):
            return add_photo(turn, draft, event, Step.PHOTOS)
    return None


@flow.asks(Step.YOUTH)
def ask_youth(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY_YOUTH)


@flow.receives(Step.YOUTH)
def receive_youth(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    number = read_number(event.text, 99_999)
    if isinstance(number, Reason):
        return number
    draft.youth = number
    return after_more(draft)


@flow.asks(Step.AT_HOME)
def ask_at_home(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.HOW_MANY_AT_HOME)


@flow.receives(Step.AT_HOME)
def receive_at_home(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text):
        return None
    number = read_number(event.text, 99_999)
    if isinstance(number, Reason):
        return number
    assert draft.members is not None
    if number > draft.members[1]:
        return Refusal(texts.AT_HOME_TOO_MANY)
    if number < draft.members[0]:
        return Refusal(texts.AT_HOME_TOO_FEW)
    draft.at_home = number
    return Step.MORE


@flow.asks(Step.MATERIALS)
def ask_materials(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_materials()


@flow.receives(Step.MATERIALS)
def receive_materials(turn: Turn, draft: Draft, event: Event) -> Outcome:
    enough = session_parts.read_materials(event)
    if enough is None:
        return None
    first_time = draft.own is not None and draft.materials is None
    draft.materials = enough
    return Step.PHOTOS if first_time else after_more(draft)


@flow.asks(Step.PROPOSAL)
def ask_proposal(turn: Turn, draft: Draft) -> Reply:
    return Reply(texts.WHICH_PROPOSAL)


@flow.receives(Step.PROPOSAL, prose=True)
def receive_proposal(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Text) or not clean(event.text):
        return None
    draft.proposal = clean(event.text)
    return Step.MORE


@flow.asks(Step.PHOTOS)
def ask_photos(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_photos(draft)


@flow.receives(Step.PHOTOS)
def receive_photos(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done" | "none"):
            return Step.SUMMARY
        case File():
            return add_photo(turn, draft, event, Step.PHOTOS)
    return None
