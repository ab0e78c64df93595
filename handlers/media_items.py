"""Media items one by one: a unit's own, the newest of all below, and what is done with one.

▸ Tin, bài mới nhất
  [12/11 Hoằng Hóa học tập Nghị quyết 01] / …
▸ 12/11 Hoằng Hóa học tập Nghị quyết 01
  Hoằng Hóa học tập Nghị quyết 01 / Huyện đoàn Hoằng Hóa / https://…
  [Sửa] [Gỡ] for the unit itself; [Chọn tiêu biểu] [Gửi tới mọi người] for the top
▸ Gửi tới mọi người
  (the message itself, then the preview of /thongbao)   [Gửi ngay] [Hẹn giờ] …
"""

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import ALBUM_LIMIT, Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import media as texts
from bot.texts import progress as progress_texts
from handlers import broadcast, files, reporting_media
from handlers.reporting_media import ITEM, LIST, UNIT
from storage import media, uploads
from storage.accounts import Post
from storage.media import Item

NEWEST = "medianewest"
A_PAGE = 6


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: what the unit itself reported."""
    return _list(turn, argument, LIST, below=False)


def newest_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: of everything below the unit, itself included."""
    return _list(turn, argument, NEWEST, below=True)


def _list(turn: Turn, argument: str, action: str, *, below: bool) -> Reply:
    head, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or not turn.sees(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit, plan = turn.unit(unit_id), turn.plan.code
    many = media.how_many(turn.conn, plan, unit.path, below=below)
    page: Page[Item] = Page(many, A_PAGE, wanted)
    shown = media.newest(turn.conn, plan, unit.path, below=below, first=page.first, most=A_PAGE)
    text = texts.items(unit.name, below=below, page=page.number, pages=page.pages)
    buttons = [go(texts.item_label(one), ITEM, one.id) for one in shown]
    buttons += page.buttons(action, f"{unit.id}.")
    buttons.append(_back_to(unit.id, unit.name))
    return Reply(text if shown else texts.no_items(unit.name), buttons)


def item_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>` the item; `<id>.files`, `.edit`, `.off`, `.sure`, `.best`, `.plain`, `.send` what is done with it."""
    head, _, verb = argument.partition(".")
    item_id = callbacks.read_id(head)
    item = media.get(turn.conn, item_id) if item_id is not None else None
    if item is None or not turn.sees(item.unit_id):
        return Reply(engine_texts.NOT_YOURS)
    if not item.stands or item.plan != turn.plan.code:
        return Reply(texts.WITHDRAWN, [_back_to(item.unit_id, item.unit_name)])
    if verb == "files":
        sent = files.send_all(turn, media.SUBJECT, item.id, texts.caption(item))
        return None if sent else Reply(texts.NO_FILE_LEFT, replaces=False)
    if verb in ("edit", "off", "sure"):
        return _own(turn, item, verb)
    if verb in ("best", "plain", "send"):
        return _by_the_top(turn, item, verb)
    return _card(turn, item)


def _own(turn: Turn, item: Item, verb: str) -> Answer:
    """Only for the unit itself; whoever is above asks it to."""
    if turn.post_for(item.unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    if turn.locked(item.unit_id):
        return Reply(engine_texts.LOCKED)
    if verb == "edit":
        return reporting_media.correcting(item)
    if verb == "off":
        sure = [go(texts.KEEP, ITEM, item.id), go(texts.WITHDRAW_REALLY, ITEM, f"{item.id}.sure")]
        return Reply(texts.withdraw_really(item.title), sure)
    media.withdraw(turn.conn, item, turn.sender)
    return Reply(texts.withdrawn(item.title), [_back_to(item.unit_id, item.unit_name)])


def _by_the_top(turn: Turn, item: Item, verb: str) -> Answer:
    desk = _top_desk(turn)
    if desk is None:
        return Reply(engine_texts.NOT_YOURS)
    if verb == "send":
        return broadcast.forwarding(turn, desk.unit_id, item.id, texts.forwarded(item), _album(turn, item))
    media.mark(turn.conn, item, turn.sender, best=verb == "best")
    return _card(turn, media.get(turn.conn, item.id) or item)


def _top_desk(turn: Turn) -> Post | None:
    """Where it is said what is best in the whole province."""
    return next((desk for desk in turn.desks if turn.unit(desk.unit_id).parent_id is None), None)


def _album(turn: Turn, item: Item) -> list[tuple[str, bool]]:
    """Its pictures, or else its documents: one message cannot carry both."""
    found = uploads.files_of(turn.conn, media.SUBJECT, item.id)
    pictures = [one for one in found if one.photo]
    return [(one.remote_id, one.photo) for one in (pictures or found)[:ALBUM_LIMIT]]


def _card(turn: Turn, item: Item) -> Reply:
    kinds = {target.kind: target.name for target in turn.plan.media}
    attached = len(uploads.files_of(turn.conn, media.SUBJECT, item.id))
    buttons = [go(texts.FILES, ITEM, f"{item.id}.files")] if attached else []
    if turn.post_for(item.unit_id) is not None:
        buttons += [go(texts.EDIT, ITEM, f"{item.id}.edit"), go(texts.WITHDRAW, ITEM, f"{item.id}.off")]
    if _top_desk(turn) is not None:
        marked = item.best_at is not None
        mark = go(texts.UNMARK if marked else texts.MARK, ITEM, f"{item.id}.{'plain' if marked else 'best'}")
        buttons += [mark, go(texts.FORWARD, ITEM, f"{item.id}.send")]
    buttons.append(_back_to(item.unit_id, item.unit_name))
    return Reply(texts.card(item, kinds.get(item.kind, item.kind), attached, turn.world.zone), buttons)


def _back_to(unit_id: int, name: str) -> Button:
    return go(progress_texts.back_to(name), UNIT, unit_id)
