"""What is shown of an essay to its reader, and of the essays of the units below a desk.

Bài thu hoạch · Đoàn xã Hoằng Quỳ (1/2)
▸ Chi đoàn thôn 3: đã nộp 2/3, chờ đọc 1, đạt 1
[Trang sau ▸]
"""

from collections.abc import Sequence

from bot import callbacks
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import essay_reading as texts
from bot.texts import essays as essay_texts_of
from bot.texts import say
from bot.texts.markup import lines
from handlers.owed import choose_unit
from rules import essay_hints
from rules.duties import file_roles
from storage import duties, essay_reviews, essay_texts, people, units, uploads
from storage.essay_reviews import Account, ToRead
from storage.essay_texts import EssayText
from storage.models import TextKind
from storage.units import Unit

LEDGER = "essayledger"
UNITS_A_PAGE = 6


# -- one essay


def card(turn: Turn, one: ToRead, behind: int) -> str:
    looked = essay_texts.of_essay(turn.conn, one.id)
    before = None
    if one.person_id is not None:
        before = essay_reviews.returned_before(turn.conn, turn.plan.code, one.person_id, one.id)
    return texts.card(
        texts.Card(
            author=one.author,
            unit=one.unit_name,
            what=_what(turn, one, looked),
            arrived=one.arrived,
            hints=_hints(turn, one, looked),
            again=before is not None,
            note=before.note if before is not None else None,
            behind=behind,
        ),
        turn.world.zone,
    )


def _what(turn: Turn, one: ToRead, looked: EssayText | None) -> str:
    """ "2 trang, khoảng 1.240 chữ"; how many files, where those do not tell their pages."""
    parts = []
    if looked is not None and looked.pages is not None:
        parts.append(texts.pages(looked.pages))
    else:
        count = len(uploads.files_of(turn.conn, "essay", one.id))
        parts.append(essay_texts_of.amount(uploads.photos_of(turn.conn, "essay", one.id), count))
    if looked is not None and looked.text:
        parts.append(texts.words(len(essay_hints.words(looked.text))))
    return ", ".join(part for part in parts if part)


def _hints(turn: Turn, one: ToRead, looked: EssayText | None) -> list[str]:
    if looked is None or looked.kind == TextKind.READING:
        return [texts.NOT_LOOKED_YET]
    hints = [texts.why_not_read(looked.why)] if looked.why is not None else []
    if looked.kind == TextKind.SCAN:
        hints.append(texts.SCAN)
    if looked.text is None or turn.plan.essays is None:
        return hints
    if looked.plan_percent is not None and looked.plan_percent >= essay_hints.COPY_PERCENT:
        hints.append(texts.like_the_plan(looked.plan_percent, turn.plan.call_name))
    if looked.like_id is not None and looked.like_percent is not None:
        hints.append(_likeness(turn, one, looked.like_id, looked.like_percent))
    if len(essay_hints.words(looked.text)) < essay_hints.SHORT:
        hints.append(texts.SHORT)
    if missing := essay_hints.missing_parts(looked.text, turn.plan.essays.parts):
        hints.append(texts.missing(missing))
    return hints


def _likeness(turn: Turn, one: ToRead, like_id: int, percent: int) -> str:
    other = essay_reviews.get(turn.conn, like_id)
    if other is None or not turn.sees(other.unit_id):
        return texts.like_another(percent, None, None)
    if one.person_id is not None and other.person_id == one.person_id:
        return texts.like_before(percent)
    return texts.like_another(percent, other.author, other.unit_name)


# -- the account per unit


def ledger_pressed(turn: Turn, argument: str) -> Reply:
    """`<unit>[.<page>]`: the unit itself and those directly below it; of several desks, which."""
    if len(turn.desks) == 1 and not argument:
        argument = str(turn.desks[0].unit_id)
    if callbacks.read_id(argument.partition(".")[0]) is None:
        return choose_unit(turn, LEDGER, turn.desks, argument, texts.WHICH_UNIT)
    number, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(number)
    if unit_id is None or not turn.desks or not turn.sees(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    if turn.plan.essays is None:
        return Reply(texts.NO_ESSAYS)
    unit = turn.unit(unit_id)
    listed = [unit, *units.children(turn.conn, unit.id, turn.today)]
    page: Page[Unit] = Page(len(listed), UNITS_A_PAGE, wanted)
    shown = page.of(listed)
    found = essay_reviews.accounts_of(turn.conn, turn.plan.code, [one.id for one in shown])
    told = [_line(turn, one, found.get(one.id, Account())) for one in shown]
    return Reply(
        lines(texts.ledger_title(unit.name, page.number, page.pages), *told),
        [*_deeper(turn, unit, shown), *page.buttons(LEDGER, f"{unit.id}.")],
    )


def _line(turn: Turn, unit: Unit, account: Account) -> str:
    owing = people.holders(turn.conn, unit.id, turn.today, file_roles(turn.plan, unit.duty_level))
    missing = duties.missing_essays(turn.conn, turn.plan, unit.id, unit.duty_level, turn.today)
    return texts.ledger_line(
        unit.name,
        len(owing) - len(missing),
        len(owing),
        account.waiting,
        account.passed,
        account.returned,
        account.to_province,
    )


def _deeper(turn: Turn, unit: Unit, shown: Sequence[Unit]) -> list[Button]:
    return [
        go(say.both_ends(one.name), LEDGER, one.id)
        for one in shown
        if one.id != unit.id and units.children(turn.conn, one.id, turn.today)
    ]
