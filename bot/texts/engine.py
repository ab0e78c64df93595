"""What the engine itself says: whatever the conversation."""

from bot.engine.events import UnreadableKind
from bot.texts.markup import esc

BACK = "⬅️ Quay lại"
CANCEL = "✖️ Huỷ"
CANCEL_SHORT = "Huỷ"
KEEP = "Viết tiếp"
NEW = "Việc mới"
START_OVER = "Làm lại từ đầu"
PAGE_BEFORE = "◂ Trang trước"
PAGE_AFTER = "Trang sau ▸"

OLD_BUTTON = "Nút này của lần trước."
OLD_BUTTON_IN_TALK = "Nút này của lần trước. Việc đang làm ở bước dưới đây."
NOT_SAVED = "Hệ thống chưa lưu được câu trả lời này. Đồng chí gửi lại giúp; phần trước đó vẫn còn."
CANCELLED = "Đã huỷ. Chưa có gì được gửi đi."
NOTHING_TO_CANCEL = "Không có việc nào đang làm dở."
DRAFT_UNREADABLE = "Hệ thống vừa được nâng cấp nên phần viết dở cần làm lại từ đầu. Mong đồng chí thông cảm."
NOT_YOURS = "Đồng chí chưa được phân công đơn vị này."
LOCKED = "Kế hoạch đã khoá sổ nên hệ thống không nhận thêm. Đồng chí trao đổi với cán bộ phụ trách giúp."
GAP = "Hệ thống vừa gián đoạn. Nếu đồng chí đã bấm nút, mời bấm lại giúp."
PRESS_A_BUTTON = "Hệ thống chưa hiểu. Đồng chí bấm một nút dưới đây."

_UNREADABLE = {
    UnreadableKind.VOICE: "Hệ thống chưa nghe được tin thoại. Đồng chí gõ chữ giúp.",
    UnreadableKind.STICKER: "Hệ thống chưa đọc được hình dán. Đồng chí gõ chữ hoặc bấm nút giúp.",
    UnreadableKind.VIDEO: "Hệ thống chưa nhận được video. Đồng chí gửi ảnh hoặc gõ chữ giúp.",
    UnreadableKind.LOCATION: "Hệ thống chưa đọc được vị trí. Đồng chí gõ chữ giúp.",
    UnreadableKind.EDITED: "Tin đã gửi rồi thì sửa không tính. Đồng chí gõ lại thành tin mới giúp.",
    UnreadableKind.OTHER: "Hệ thống chưa đọc được tin này. Đồng chí gõ chữ hoặc bấm nút giúp.",
}


def unreadable(kind: UnreadableKind) -> str:
    return _UNREADABLE[kind]


def draft_waits(title: str) -> str:
    """Another piece of work was asked for in the middle of this one."""
    return f"{esc(title)} đang viết dở, hệ thống giữ lại. Đồng chí muốn:"


def draft_found(title: str) -> str:
    """Work begun earlier was found, perhaps a predecessor's."""
    return f"{esc(title)} đã viết dở từ trước, hệ thống còn giữ. Đồng chí muốn:"
