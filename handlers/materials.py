"""/tailieu: the resolution's text and what else there is to study; for staff, what they have posted.

▸ /tailieu
  Tài liệu học tập. Đồng chí bấm tên tài liệu để nhận tệp.
  [Toàn văn Nghị quyết 01] [Đề cương tuyên truyền] / [Thêm tài liệu] [Tài liệu đã đăng]
▸ Toàn văn Nghị quyết 01
  (tệp) Toàn văn Nghị quyết 01 · Tỉnh đoàn Thanh Hóa
▸ Tài liệu đã đăng ▸ Toàn văn Nghị quyết 01
  … Đã mở: 45 đồng chí, ở 38/664 đơn vị   [Xem tệp] [Thay tệp] / [Gỡ xuống] [Tài liệu đã đăng]
"""

from collections.abc import Sequence

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import materials as texts
from bot.texts import say
from bot.texts import status as status_texts
from handlers import adding_material, files
from storage import materials, uploads
from storage.accounts import Post
from storage.materials import Material
from storage.models import MaterialState
from storage.units import tree_order

LIST, OPEN, EDIT = "materials", "material", "materialedit"
A_PAGE = 6


# -- what is offered to the reader


def materials_command(turn: Turn, _args: str) -> Reply:
    return materials_pressed(turn, "")


def materials_pressed(turn: Turn, argument: str) -> Reply:
    if not turn.posts:
        return Reply(status_texts.NOTHING_ASSIGNED)
    found = _offered(turn)
    page: Page[Material] = Page(len(found), A_PAGE, argument)
    buttons = [*_titles(page.of(found), OPEN), *page.buttons(LIST)]
    if turn.desks:
        buttons += [go(texts.ADD, adding_material.ACTION), go(texts.POSTED, adding_material.POSTED)]
    return Reply(texts.LIST if found else texts.NOTHING_OFFERED, buttons)


def _offered(turn: Turn) -> list[Material]:
    """What the units of the person, and those above them, offer to people like them."""
    above = {unit_id for post in turn.posts for unit_id in tree_order(post.path)}
    found = materials.offered_by(turn.conn, turn.plan.code, sorted(above))
    return [one for one in found if _meant_for(turn, one) is not None]


def _meant_for(turn: Turn, one: Material) -> Post | None:
    """The position by which it is meant for the person; None: it is not."""
    return next((post for post in turn.posts if one.is_for(post.path, post.duty_level)), None)


def open_pressed(turn: Turn, argument: str) -> Answer:
    one = _get(turn, argument)
    post = _meant_for(turn, one) if one is not None else None
    if one is None or post is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state != MaterialState.OFFERED:
        return _ended(turn, one, OPEN)
    if not _send(turn, one):
        return Reply(texts.NO_FILE_LEFT, [go(texts.OTHERS, LIST)], replaces=False)
    materials.note_opened(turn.conn, one.id, turn.person_id, post.unit_id, turn.arrived)
    return None


def _ended(turn: Turn, old: Material, action: str) -> Reply:
    """An old button: `action` opens what took its place, where that is for the reader too."""
    new = materials.newest(turn.conn, old)
    if new.state == MaterialState.OFFERED and (action == EDIT or _meant_for(turn, new) is not None):
        return Reply(texts.replaced(old.title, new.title), [go(texts.OPEN_NEW, action, new.id)])
    return Reply(texts.WITHDRAWN, [go(texts.OTHERS, LIST)])


def _send(turn: Turn, one: Material) -> bool:
    """False: it has no file that could be sent."""
    return files.send_all(turn, adding_material.SUBJECT, one.id, texts.caption(one.title, one.unit_name))


# -- what a desk has posted


def posted_pressed(turn: Turn, argument: str) -> Reply:
    if not turn.desks:
        return Reply(engine_texts.NOT_YOURS)
    found = materials.offered_below(turn.conn, turn.plan.code, [post.path for post in turn.desks])
    page: Page[Material] = Page(len(found), A_PAGE, argument)
    buttons = [
        *_titles(page.of(found), EDIT),
        *page.buttons(adding_material.POSTED),
        go(texts.ADD, adding_material.ACTION),
    ]
    return Reply(texts.POSTED_LIST if found else texts.NOTHING_POSTED, buttons)


def edit_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>` the material as its staff see it; `<id>.files`, `.swap`, `.off`, `.sure` what is done with it."""
    number, _, verb = argument.partition(".")
    one = _get(turn, number)
    if one is None or not _may_manage(turn, one):
        return Reply(engine_texts.NOT_YOURS)
    if one.state != MaterialState.OFFERED:
        return _ended(turn, one, EDIT)
    match verb:
        case "files":
            return None if _send(turn, one) else Reply(texts.NO_FILE_LEFT, replaces=False)
        case "swap":
            return adding_material.replacing(one)
        case "off":
            sure = [go(texts.KEEP, EDIT, one.id), go(texts.WITHDRAW_REALLY, EDIT, f"{one.id}.sure")]
            return Reply(texts.withdraw_really(one.title), sure)
        case "sure":
            materials.withdraw(turn.conn, one, turn.sender)
            return Reply(texts.withdrawn(one.title), [go(texts.POSTED, adding_material.POSTED)])
    return _card(turn, one)


def _card(turn: Turn, one: Material) -> Reply:
    opened = materials.opened(turn.conn, one, turn.today)
    text = texts.card(
        one.title,
        one.unit_name,
        one.at,
        turn.world.zone,
        adding_material.level_names(turn, one.levels),
        len(uploads.files_of(turn.conn, adding_material.SUBJECT, one.id)),
        texts.opened_by(opened.people, opened.units, opened.of_units),
    )
    buttons = [
        go(texts.VIEW, EDIT, f"{one.id}.files"),
        go(texts.SWAP, EDIT, f"{one.id}.swap"),
        go(texts.WITHDRAW, EDIT, f"{one.id}.off"),
        go(texts.POSTED, adding_material.POSTED),
    ]
    return Reply(text, buttons)


def _may_manage(turn: Turn, one: Material) -> bool:
    """From a desk at the unit that offers it, or above."""
    return any(one.unit_path.startswith(post.path) for post in turn.desks)


def _get(turn: Turn, argument: str) -> Material | None:
    number = callbacks.read_id(argument)
    return materials.get(turn.conn, number) if number is not None else None


def _titles(shown: Sequence[Material], action: str) -> list[Button]:
    return [go(say.beginning(one.title, 40), action, one.id) for one in shown]
