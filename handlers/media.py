"""/tuyentruyen: what a unit has published about the plan, and the units below.

▸ /tuyentruyen
  Huyện đoàn Hoằng Hóa · tuyên truyền
  Trang tin điện tử, Facebook: 2/1
  Chuyên mục Tuổi trẻ Lam Sơn, số chuyên sâu: 0/1 …
  Các đơn vị dưới: 14 tin, bài; 9/43 đơn vị đã báo
  [Báo tin, bài] [Tin, bài đã báo] / [Các đơn vị dưới] [Tin, bài mới nhất]
▸ Các đơn vị dưới
  … Từng đơn vị: số tin, bài (đơn vị đã báo/phải báo).
  [Đoàn xã Hoằng Quỳ · 3] / [Đoàn xã Hoằng Quý · 0] / …   [⬅️ Huyện đoàn Hoằng Hóa]
"""

from collections.abc import Sequence

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import media as texts
from bot.texts import progress as progress_texts
from handlers import reporting_media
from handlers.media_items import NEWEST
from handlers.owed import choose_unit
from handlers.reporting_media import LIST, UNIT
from storage import media
from storage.accounts import Post
from storage.media import UnitItems
from storage.units import Unit

BELOW = "mediabelow"
A_PAGE = 8


def media_command(turn: Turn, _args: str) -> Reply:
    return media_pressed(turn, "")


def media_pressed(turn: Turn, argument: str) -> Reply:
    """`argument`: a unit's id; nothing, or "p2", to choose one of one's own."""
    posts = _posts(turn)
    if not posts and not argument:
        return Reply(texts.NOT_FOR_YOU)
    if not argument and len(posts) == 1:
        return _home(turn, turn.unit(posts[0].unit_id))
    unit_id = callbacks.read_id(argument)
    if unit_id is None:
        return choose_unit(turn, UNIT, posts, argument, texts.WHICH_UNIT)
    return _home(turn, turn.unit(unit_id)) if turn.sees(unit_id) else Reply(engine_texts.NOT_YOURS)


def _posts(turn: Turn) -> list[Post]:
    """Of units that owe items, or lead others that do."""
    if not any(media.owed_by(turn.plan, level.code) for level in turn.plan.levels):
        return []
    desks = {post.unit_id for post in turn.desks}
    return [
        post
        for post in turn.acting_posts
        if post.unit_id in desks or media.owed_by(turn.plan, post.duty_level)
    ]


def _home(turn: Turn, unit: Unit) -> Reply:
    found = media.by_unit(turn.conn, turn.plan, unit.path, turn.today)
    if not found:
        return Reply(texts.NOTHING_OWED, _way_up(turn, unit))
    told, buttons = [texts.heading(unit.name)], []
    own = next((one for one in found if one.id == unit.id), None)
    if own is not None:
        told += reporting_media.target_lines(turn, own)
        if own.owes and turn.post_for(unit.id) is not None:
            buttons.append(go(texts.REPORT, reporting_media.ACTION, unit.id))
        if own.total:
            buttons.append(go(texts.OWN, LIST, f"{unit.id}.0"))
    below = [one for one in found if one.id != unit.id]
    if below:
        told.append(texts.below_line(media.tally(below)))
        buttons += [go(texts.BELOW, BELOW, f"{unit.id}.0"), go(texts.NEWEST, NEWEST, f"{unit.id}.0")]
    return Reply("\n".join(told), [*buttons, *_way_up(turn, unit)])


def _way_up(turn: Turn, unit: Unit) -> list[Button]:
    if unit.parent_id is None or not turn.sees(unit.parent_id):
        return []
    return [go(progress_texts.back_to(turn.unit(unit.parent_id).name), BELOW, f"{unit.parent_id}.0")]


def below_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: by kind, and then the units directly below, each with everything below it."""
    head, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or not turn.sees(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(unit_id)
    found = media.by_unit(turn.conn, turn.plan, unit.path, turn.today)
    below = [one for one in found if one.id != unit.id]
    children = _by_child(unit, below)
    page: Page[int] = Page(len(children), A_PAGE, wanted)
    told = [
        texts.heading(unit.name),
        *(texts.kind_below(one, media.of_kind(below, one)) for one in turn.plan.media),
        texts.each_below(page.number, page.pages),
    ]
    buttons = [
        go(
            texts.child_label(turn.unit(child).name, children[child], media.tally(children[child])),
            UNIT,
            child,
        )
        for child in page.of(list(children))
    ]
    buttons += page.buttons(BELOW, f"{unit.id}.")
    return Reply("\n".join(told), [*buttons, go(progress_texts.back_to(unit.name), UNIT, unit.id)])


def _by_child(unit: Unit, below: Sequence[UnitItems]) -> dict[int, list[UnitItems]]:
    """In the order of the tree."""
    children: dict[int, list[UnitItems]] = {}
    for one in below:
        child = int(one.path.removeprefix(unit.path).split("/")[0])
        children.setdefault(child, []).append(one)
    return children
