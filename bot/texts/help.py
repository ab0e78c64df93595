"""/trogiup and the menu of commands."""

_COMMON = [
    ("thuhoach", "Nộp bài thu hoạch"),
    ("trangthai", "Việc còn lại và đã nộp"),
    ("huy", "Thôi việc đang làm dở"),
    ("trogiup", "Hướng dẫn"),
    ("dulieu", "Dữ liệu của tôi"),
]
MEMBER_COMMANDS = _COMMON
ACTING_COMMANDS = [("baocao", "Báo cáo học tập, hội nghị"), *_COMMON]
STRANGER_COMMANDS = [("start", "Bắt đầu"), ("trogiup", "Hướng dẫn")]

STATUS = "Xem việc còn lại"

FOR_STRANGERS = (
    "Đây là hệ thống báo cáo học tập của Đoàn. Đồng chí gõ /start, rồi chia sẻ số điện thoại"
    " hoặc gõ mã mời được cấp."
)
FOR_MEMBERS = (
    "<b>/thuhoach</b> nộp bài thu hoạch: gửi tệp, hoặc chụp ảnh từng trang\n"
    "<b>/trangthai</b> xem việc còn lại\n"
    "<b>/dulieu</b> xem, xoá dữ liệu của mình\n"
    "<b>/huy</b> thôi việc đang làm dở"
)
FOR_ACTING = (
    "<b>/baocao</b> báo cáo học tập, hội nghị\n"
    "<b>/thuhoach</b> nộp bài thu hoạch: gửi tệp, hoặc chụp ảnh từng trang\n"
    "<b>/trangthai</b> xem việc còn lại\n"
    "<b>/dulieu</b> xem, xoá dữ liệu của mình\n"
    "<b>/huy</b> thôi việc đang làm dở\n"
    "Báo nhanh trong một dòng: <code>12/11 45/50, đủ tài liệu</code>"
)
NOT_UNDERSTOOD = "Hệ thống chưa hiểu tin này. Đồng chí bấm một nút dưới đây, hoặc gõ /trogiup."
