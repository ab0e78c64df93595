"""/baocaovien: the registers of speakers of a unit and those below, and who spoke without standing in one.

▸ /baocaovien
  Huyện đoàn Hoằng Hóa · báo cáo viên
  Danh sách: 12 đồng chí (cấp huyện 4, cấp cơ sở 8)
  Đã tập huấn: 6 đồng chí
  Đã báo cáo: 20 lượt ở các hội nghị …
  [Danh sách (4)] / [Thêm người] / [Đánh giá (9)] [Chưa có tên (3)] / [Các đơn vị dưới]; the unit that owes a training: [Tập huấn (1)]
▸ Danh sách (4)
  [Nguyễn Văn An · 3 hội nghị ✓] / …
▸ Nguyễn Văn An · 3 hội nghị ✓
  Nguyễn Văn An · báo cáo viên cấp huyện / Tập huấn: ngày 10/11, Trung tâm … / Đã báo cáo: 3 hội nghị …
  [Đưa ra]
"""

from collections import Counter

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import progress as progress_texts
from bot.texts import speakers as texts
from bot.texts import trainings as training_texts
from handlers import judging, training
from handlers.owed import choose_unit
from handlers.speaker_rights import (
    ADD,
    BELOW,
    CARD,
    HOME,
    JUDGE,
    LIST,
    TAKE_IN,
    TRAININGS,
    UNREGISTERED,
    back_home,
    highest,
    in_plan,
    keeps,
    leaders,
    opened,
)
from rules.duties import level_name
from storage import speaker_quality, speakers, trainings
from storage.speaker_quality import Spoke
from storage.speakers import Speaker
from storage.units import Unit

A_PAGE = 8


def speakers_command(turn: Turn, _args: str) -> Reply:
    return home_pressed(turn, "")


def home_pressed(turn: Turn, argument: str) -> Reply:
    """`argument`: a unit's id; nothing, or "p2", to choose one of one's own."""
    if not in_plan(turn.plan) or not turn.desks:
        return Reply(texts.NOT_FOR_YOU)
    if not argument and len(turn.desks) == 1:
        return _home(turn, turn.unit(turn.desks[0].unit_id))
    if callbacks.read_id(argument) is None:
        return choose_unit(turn, HOME, turn.desks, argument, texts.WHICH_UNIT)
    unit, _ = opened(turn, argument)
    return _home(turn, unit) if unit is not None else Reply(engine_texts.NOT_YOURS)


def _home(turn: Turn, unit: Unit) -> Reply:
    seen = speaker_quality.look(turn.conn, turn.plan.code, unit.path)
    at = Counter(one.level for one in seen.register)
    levels = [(level.name, at[level.code]) for level in turn.plan.levels]
    own = sum(one.unit_id == unit.id for one in seen.register)
    buttons = [go(texts.register_label(own), LIST, f"{unit.id}.0")]
    if keeps(turn, unit):
        buttons.append(go(texts.ADD, ADD, unit.id))
    waiting = judging.waiting(turn, unit.id)
    if waiting is not None:
        buttons.append(go(texts.judge_label(len(waiting)), JUDGE, f"{unit.id}.0"))
    if seen.unregistered:
        buttons.append(go(texts.unregistered_label(len(seen.unregistered)), UNREGISTERED, f"{unit.id}.0"))
    many = len(trainings.of_unit(turn.conn, turn.plan.code, unit.id))
    if many or training.owed_by(turn, unit.id) is not None:
        buttons.append(go(training_texts.list_label(many), TRAININGS, f"{unit.id}.0"))
    if leaders(turn, unit):
        buttons.append(go(texts.BELOW, BELOW, f"{unit.id}.0"))
    if unit.parent_id is not None and turn.sees(unit.parent_id):
        above = turn.unit(unit.parent_id)
        buttons.append(go(progress_texts.back_to(above.name), BELOW, f"{above.id}.0"))
    return Reply(texts.home(unit.name, levels, speaker_quality.summed(seen)), buttons)


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: the unit's own register."""
    unit, wanted = opened(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    seen = speaker_quality.look(turn.conn, turn.plan.code, unit.path)
    register = speakers.in_order(one for one in seen.register if one.unit_id == unit.id)
    page: Page[Speaker] = Page(len(register), A_PAGE, wanted)
    spoke = seen.by_speaker
    buttons = [
        go(
            texts.speaker_label(one, len(spoke.get(one.id, ())), trained=one.id in seen.trained),
            CARD,
            one.id,
        )
        for one in page.of(register)
    ]
    buttons += page.buttons(LIST, f"{unit.id}.")
    if keeps(turn, unit):
        buttons.append(go(texts.ADD, ADD, unit.id))
    any_trained = any(one.id in seen.trained for one in page.of(register))
    text = texts.register(unit.name, len(register), page.number, page.pages, any_trained=any_trained)
    return Reply(text, [*buttons, back_home(unit)])


def below_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: the units directly below, each with everything below it."""
    unit, wanted = opened(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    below = leaders(turn, unit)
    page: Page[Unit] = Page(len(below), A_PAGE, wanted)
    register = speakers.within(turn.conn, unit.path)
    buttons = [
        go(
            texts.child_label(one.name, sum(each.unit_path.startswith(one.path) for each in register)),
            HOME,
            one.id,
        )
        for one in page.of(below)
    ]
    buttons += page.buttons(BELOW, f"{unit.id}.")
    return Reply(texts.below(unit.name, page.number, page.pages), [*buttons, back_home(unit)])


def card_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>` the speaker; `<id>.off`, `.sure`: out of the register."""
    head, _, verb = argument.partition(".")
    speaker_id = callbacks.read_id(head)
    one = speakers.get(turn.conn, speaker_id) if speaker_id is not None else None
    if one is None or not in_plan(turn.plan) or not turn.sees(one.unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(one.unit_id)
    to_list = go(texts.TO_REGISTER, LIST, f"{unit.id}.0")
    if one.key is None:
        return Reply(texts.GONE, [to_list])
    if not verb:
        return _card(turn, one, unit, to_list)
    if not keeps(turn, unit):
        return Reply(engine_texts.NOT_YOURS)
    if verb == "sure":
        speakers.withdraw(turn.conn, one, turn.sender)
        return Reply(texts.withdrawn(one), [to_list])
    sure = [go(texts.KEEP, CARD, one.id), go(texts.WITHDRAW_REALLY, CARD, f"{one.id}.sure")]
    return Reply(texts.withdraw_really(one), sure)


def _card(turn: Turn, one: Speaker, unit: Unit, to_list: Button) -> Reply:
    """The sessions are those that the reader sees."""
    seen = speaker_quality.look(turn.conn, turn.plan.code, highest(turn, unit).path)
    roles = {role.code: role.name for role in turn.plan.roles}
    held = speakers.roles(turn.conn, [one], turn.today).get(one.id)
    text = texts.card(
        one,
        level_name(turn.plan, one.level),
        roles.get(held or "", held),
        seen.trained.get(one.id),
        seen.by_speaker.get(one.id, []),
        turn.today,
    )
    off = [go(texts.WITHDRAW, CARD, f"{one.id}.off")] if keeps(turn, unit) else []
    return Reply(text, [*off, to_list])


# -- who spoke and stands in no register


def unregistered_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: at the sessions of the unit and those below it, each name of a host once."""
    unit, wanted = opened(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    seen = speaker_quality.look(turn.conn, turn.plan.code, unit.path)
    names = {(one.host_id, one.key): one for one in seen.unregistered}
    if not names:
        return Reply(texts.EVERYBODY_REGISTERED, [back_home(unit)])
    page: Page[Spoke] = Page(len(names), A_PAGE, wanted)
    buttons = [
        go(texts.spoke_label(one), TAKE_IN, f"{one.id}.{unit.id}") for one in page.of(list(names.values()))
    ]
    buttons += page.buttons(UNREGISTERED, f"{unit.id}.")
    return Reply(texts.unregistered(unit.name, page.number, page.pages), [*buttons, back_home(unit)])


def take_in_pressed(turn: Turn, argument: str) -> Answer:
    """`<spoke>.<unit whose list it is>`, and `.<unit whose register>` where that had to be asked."""
    head, _, rest = argument.partition(".")
    spoke_id = callbacks.read_id(head)
    listed, _, chosen = rest.partition(".")
    unit, _ = opened(turn, listed)
    if unit is None or spoke_id is None:
        return Reply(engine_texts.NOT_YOURS)
    spoke = speaker_quality.one(turn.conn, spoke_id)
    to_list = go(texts.UNREGISTERED_AGAIN, UNREGISTERED, f"{unit.id}.0")
    if spoke is None:
        return Reply(texts.CHANGED, [to_list])
    if spoke.plan != turn.plan.code or spoke.own or not turn.sees(spoke.host_id):
        return Reply(engine_texts.NOT_YOURS)
    may = _registers_for(turn, spoke)
    if not may:
        return Reply(engine_texts.NOT_YOURS)
    wanted = [one for one in may if str(one.id) == chosen] if chosen else may
    if len(wanted) != 1:
        asked = [go(one.name, TAKE_IN, f"{argument.rstrip('.')}.{one.id}") for one in may]
        return Reply(texts.which_register(spoke), asked) if not chosen else Reply(engine_texts.NOT_YOURS)
    whose = wanted[0]
    added = speakers.register(turn.conn, turn.plan, whose, spoke.name, spoke.person_id, None, turn.sender)
    told = texts.added if added is not None else texts.namesake
    return Reply(told(spoke.name, whose.name), [to_list, back_home(unit)])


def _registers_for(turn: Turn, spoke: Spoke) -> list[Unit]:
    """The host's own and that of the unit above it, as far as the presser keeps them; of somebody who holds a
    position in one of them, that one.
    """
    ids = [spoke.host_id, *([spoke.above_id] if spoke.above_id is not None else [])]
    may = [unit for unit in map(turn.unit, ids) if keeps(turn, unit)]
    if spoke.person_id is None:
        return may
    holding = [one for one in may if speakers.holds_position(turn.conn, spoke.person_id, one.id, turn.today)]
    return holding or may
