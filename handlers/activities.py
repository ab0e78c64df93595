"""/hoatdong: a unit's activities, and how many the units below have recorded.

▸ /hoatdong
  Đoàn xã Hoằng Quỳ · hoạt động
  Đã ghi 3 hoạt động, 120 lượt người ở 2 hoạt động có đếm
  [Ghi hoạt động] [Hoạt động đã ghi] / [Các đơn vị dưới] [Mới nhất]
▸ Hoạt động đã ghi ▸ 12/11 Ngày thứ bảy tình nguyện
  Ngày thứ bảy tình nguyện / Đoàn xã Hoằng Quỳ / …   [Xem ảnh] [Sửa] [Gỡ] [⬅️ Đoàn xã Hoằng Quỳ]

Units stand in the order of the tree, never by how many they have recorded.
"""

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import activities as texts
from bot.texts import engine as engine_texts
from bot.texts import progress as progress_texts
from handlers import files, recording_activity
from handlers.owed import choose_unit
from handlers.recording_activity import LIST, ONE, UNIT, recording_posts
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import activities, uploads
from storage.activities import Activity
from storage.units import Unit

BELOW, NEWEST = "activitybelow", "activitynewest"
A_PAGE = 8


def activities_command(turn: Turn, _args: str) -> Reply:
    return activities_pressed(turn, "")


def activities_pressed(turn: Turn, argument: str) -> Reply:
    """`argument`: a unit's id; nothing, or "p2", to choose one of one's own."""
    asked = duty_of(turn.plan, DutyKind.ACTIVITY) is not None
    desks = {post.unit_id for post in (*turn.desks, *recording_posts(turn))} if asked else set()
    posts = [post for post in turn.acting_posts if post.unit_id in desks]
    if not posts and not argument:
        return Reply(texts.NOT_FOR_YOU)
    if not argument and len(posts) == 1:
        return _home(turn, turn.unit(posts[0].unit_id))
    unit_id = callbacks.read_id(argument)
    if unit_id is None:
        return choose_unit(turn, UNIT, posts, argument, texts.WHICH_UNIT)
    return _home(turn, turn.unit(unit_id)) if turn.sees(unit_id) else Reply(engine_texts.NOT_YOURS)


def _home(turn: Turn, unit: Unit) -> Reply:
    own = activities.own(turn.conn, turn.plan, unit.id)
    below = activities.by_child(turn.conn, turn.plan, unit, turn.today)
    told, buttons = [texts.heading(unit.name)], []
    records = any(post.unit_id == unit.id for post in recording_posts(turn))
    if own.activities or records or not below:
        told.append(texts.own_line(own))
    if records:
        buttons.append(go(texts.RECORD, recording_activity.ACTION, unit.id))
    if own.activities:
        buttons.append(go(texts.OWN, LIST, f"{unit.id}.0"))
    if below:
        told.append(texts.below_line(activities.total(below.values())))
        buttons += [go(texts.BELOW, BELOW, f"{unit.id}.0"), go(texts.NEWEST, NEWEST, f"{unit.id}.0")]
    if unit.parent_id is not None and turn.sees(unit.parent_id):
        above = turn.unit(unit.parent_id)
        buttons.append(go(progress_texts.back_to(above.name), BELOW, f"{above.id}.0"))
    return Reply("\n".join(told), buttons)


def below_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: the units directly below, each with everything below it."""
    unit, wanted = _seen(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    children = activities.by_child(turn.conn, turn.plan, unit, turn.today)
    page: Page[int] = Page(len(children), A_PAGE, wanted)
    shown = page.of(list(children))
    buttons = [go(texts.child_label(turn.unit(one).name, children[one]), UNIT, one) for one in shown]
    told = [
        texts.heading(unit.name),
        texts.below_line(activities.total(children.values())),
        texts.each_below(page.number, page.pages),
    ]
    buttons += [*page.buttons(BELOW, f"{unit.id}."), _back_to(unit.id, unit.name)]
    return Reply("\n".join(told), buttons)


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: what the unit itself recorded."""
    return _list(turn, argument, LIST, below=False)


def newest_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: of the unit and everything below it."""
    return _list(turn, argument, NEWEST, below=True)


def _list(turn: Turn, argument: str, action: str, *, below: bool) -> Reply:
    unit, wanted = _seen(turn, argument)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    counts = activities.own(turn.conn, turn.plan, unit.id)
    if below:
        counts += activities.total(activities.by_child(turn.conn, turn.plan, unit, turn.today).values())
    page: Page[Activity] = Page(counts.activities, A_PAGE, wanted)
    shown = activities.newest(
        turn.conn, turn.plan.code, unit.path, below=below, first=page.first, most=A_PAGE
    )
    text = texts.listed(unit.name, below=below, page=page.number, pages=page.pages)
    buttons = [go(texts.label(one), ONE, one.id) for one in shown]
    buttons += [*page.buttons(action, f"{unit.id}."), _back_to(unit.id, unit.name)]
    return Reply(text if shown else texts.none_listed(unit.name), buttons)


def _seen(turn: Turn, argument: str) -> tuple[Unit | None, str]:
    """The unit that a button is about and the page; None: not the person's, or no such unit."""
    head, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(head)
    return (turn.unit(unit_id) if unit_id is not None and turn.sees(unit_id) else None), wanted


def one_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>` the activity; `<id>.files`, `.edit`, `.off`, `.sure` what is done with it."""
    head, _, verb = argument.partition(".")
    activity_id = callbacks.read_id(head)
    one = activities.get(turn.conn, activity_id) if activity_id is not None else None
    if one is None or one.plan != turn.plan.code or not turn.sees(one.unit_id):
        return Reply(engine_texts.NOT_YOURS)
    if not one.stands:
        return Reply(texts.WITHDRAWN, [_back_to(one.unit_id, one.unit_name)])
    if verb == "files":
        sent = files.send_all(turn, activities.SUBJECT, one.id, texts.caption(one))
        return None if sent else Reply(texts.NO_FILE_LEFT, replaces=False)
    return _by_the_unit(turn, one, verb) if verb in ("edit", "off", "sure") else _card(turn, one)


def _by_the_unit(turn: Turn, one: Activity, verb: str) -> Answer:
    """Only for the unit itself; whoever is above asks it to."""
    if turn.post_for(one.unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    if turn.locked(one.unit_id):
        return Reply(engine_texts.LOCKED)
    if verb == "edit":
        return recording_activity.correcting(one)
    if verb == "off":
        sure = [go(texts.KEEP, ONE, one.id), go(texts.WITHDRAW_REALLY, ONE, f"{one.id}.sure")]
        return Reply(texts.withdraw_really(one.title), sure)
    activities.withdraw(turn.conn, one, turn.sender)
    return Reply(texts.withdrawn(one.title), [_back_to(one.unit_id, one.unit_name)])


def _card(turn: Turn, one: Activity) -> Reply:
    photos = len(uploads.files_of(turn.conn, activities.SUBJECT, one.id))
    buttons = [go(texts.FILES, ONE, f"{one.id}.files")] if photos else []
    if turn.post_for(one.unit_id) is not None:
        buttons += [go(texts.EDIT, ONE, f"{one.id}.edit"), go(texts.WITHDRAW, ONE, f"{one.id}.off")]
    buttons.append(_back_to(one.unit_id, one.unit_name))
    return Reply(texts.card(one, photos, turn.world.zone), buttons)


def _back_to(unit_id: int, name: str) -> Button:
    return go(progress_texts.back_to(name), UNIT, unit_id)
