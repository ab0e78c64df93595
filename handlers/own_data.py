"""/dulieu: see, take out and erase one's own data.

▸ /dulieu
  Hệ thống đang giữ về đồng chí Lê Thị Mai: …   [Tải dữ liệu] [Xoá dữ liệu]
▸ Xoá dữ liệu
  Hệ thống sẽ xoá số điện thoại, … Đồng chí chắc chắn chứ?   [Giữ lại] [Xoá, tôi chắc chắn]
"""

import json

from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import own_data as texts
from storage import audit, own_data, people
from storage.audit import Action
from storage.made_files import new_file

ACTION = "mydata"


def own_data_command(turn: Turn, _args: str) -> Reply:
    person = people.get(turn.conn, turn.person_id)
    counts = own_data.overview(turn.conn, person.id)
    roles = {role.code: role.name for role in turn.plan.roles}
    posts = [f"{roles.get(post.role, post.role)}, {post.unit_name}" for post in turn.posts]
    text = texts.overview(person.full_name, person.phone, posts, **counts)
    return Reply(text, [go(texts.EXPORT, ACTION, "export"), go(texts.ERASE, ACTION, "erase")])


def own_data_pressed(turn: Turn, argument: str) -> Reply:
    match argument:
        case "export":
            return _export(turn)
        case "erase":
            return Reply(texts.SURE, [go(texts.KEEP, ACTION, "keep"), go(texts.ERASE_REALLY, ACTION, "sure")])
        case "sure":
            own_data.erase(turn.conn, turn.person_id, turn.account.id, turn.now)
            return Reply(texts.ERASED)
        case _:
            return Reply(texts.KEPT)


def _export(turn: Turn) -> Reply:
    content = own_data.everything(turn.conn, turn.person_id)
    document, path = new_file(turn.world.data_dir, ".json")
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    audit.record(
        turn.conn,
        at=turn.now,
        action=Action.DATA_EXPORTED,
        person_id=turn.person_id,
        account_id=turn.account.id,
    )
    return Reply(texts.FILE_CAPTION, document=document, document_name=texts.FILE_NAME)
