"""/trogiup and the menu of commands."""

_COMMON = [
    ("thuhoach", "Nộp bài thu hoạch"),
    ("trangthai", "Việc còn lại và đã nộp"),
    ("tailieu", "Tài liệu học tập"),
    ("huy", "Thôi việc đang làm dở"),
    ("trogiup", "Hướng dẫn"),
    ("dulieu", "Dữ liệu của tôi"),
]
MEMBER_COMMANDS = _COMMON
ACTING_COMMANDS = [("baocao", "Báo cáo học tập, hội nghị"), *_COMMON]
DESK_COMMANDS = [
    ("tiendo", "Tiến độ các đơn vị"),
    ("duyet", "Báo cáo chờ tiếp nhận"),
    ("docbai", "Bài thu hoạch chờ đọc"),
    ("kiennghi", "Kiến nghị của cấp dưới"),
    ("thongbao", "Gửi thông báo"),
    ("donvi", "Đơn vị, người, lời mời"),
    ("xuat", "Xuất Excel, báo cáo"),
    ("tuyentruyen", "Tin, bài tuyên truyền"),
    *ACTING_COMMANDS,
]
TEAM_COMMANDS = [*DESK_COMMANDS[:2], ("kiemtra", "Kiểm tra, giám sát"), *DESK_COMMANDS[2:]]
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
FOR_DESK = (
    "<b>/tiendo</b> tiến độ, nơi còn thiếu\n"
    "<b>/duyet</b> tiếp nhận báo cáo\n"
    "<b>/docbai</b> đọc bài · <b>/kiennghi</b> trả lời\n"
    "<b>/thongbao</b> gửi thông báo\n"
    "<b>/donvi</b> đơn vị, người, lời mời\n"
    "<b>/xuat</b> Excel, báo cáo · <b>/tailieu</b>\n"
    "<b>/tuyentruyen</b> báo tin, bài\n"
    "<b>/baocao</b> hội nghị của đơn vị mình\n"
    "<b>/thuhoach</b> nộp bài · <b>/trangthai</b>\n"
    "<b>/huy</b> thôi việc đang dở · <b>/dulieu</b>\n"
    "Báo hộ chi đoàn, mỗi dòng một đơn vị:\n<code>thôn 3 45/50</code>"
)
FOR_TEAMS = f"{FOR_DESK}\n<b>/kiemtra</b> kiểm tra, giám sát"
NOT_UNDERSTOOD = "Hệ thống chưa hiểu tin này. Đồng chí bấm một nút dưới đây, hoặc gõ /trogiup."
