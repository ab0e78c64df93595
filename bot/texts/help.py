"""/trogiup and the menu of commands."""

_OWN = [
    ("thuhoach", "Nộp bài thu hoạch"),
    ("trangthai", "Việc còn lại và đã nộp"),
    ("tailieu", "Tài liệu học tập"),
]
_ALWAYS = [
    ("huy", "Thôi việc đang làm dở"),
    ("trogiup", "Hướng dẫn"),
    ("dulieu", "Dữ liệu của tôi"),
]
MEMBER_COMMANDS = [
    *_OWN,
    ("hoinghi", "Giấy mời họp của đồng chí"),
    ("diemdanh", "Điểm danh: gõ sáu số ở hội trường"),
    *_ALWAYS,
]
ACTING_COMMANDS = [
    ("baocao", "Báo cáo học tập, hội nghị"),
    *_OWN,
    ("hoinghi", "Giấy mời họp của đồng chí"),
    ("diemdanh", "Điểm danh trong hội trường bằng mã"),
    ("hoatdong", "Hoạt động thiết thực"),
    ("binhxet", "Bình xét thi đua: từng mục, khiếu nại"),
    *_ALWAYS,
]
_LEADING = [
    ("tiendo", "Tiến độ các đơn vị"),
    ("duyet", "Báo cáo chờ tiếp nhận"),
    ("hoinghi", "Lịch hội nghị, mời họp, học bù"),
    ("diemdanh", "Điểm danh trong hội trường bằng mã"),
    ("baocaovien", "Báo cáo viên: danh sách, tập huấn, đánh giá"),
    ("docbai", "Bài thu hoạch chờ đọc"),
    ("kiennghi", "Kiến nghị của cấp dưới"),
    ("thongbao", "Gửi thông báo"),
    ("donvi", "Đơn vị, người, lời mời"),
    ("baocaonhanh", "Báo cáo nhanh, tổng hợp gửi cấp trên"),
    ("xuat", "Xuất Excel, báo cáo"),
    ("tuyentruyen", "Tin, bài tuyên truyền"),
    ("hoatdong", "Hoạt động thiết thực"),
    ("binhxet", "Bình xét thi đua: từng mục, khiếu nại"),
]
_INSPECTING = ("kiemtra", "Kiểm tra, giám sát")
_OWN_UNIT = [("baocao", "Báo cáo học tập, hội nghị"), *_OWN, *_ALWAYS]
DESK_COMMANDS = [*_LEADING, *_OWN_UNIT]
TEAM_COMMANDS = [*_LEADING, _INSPECTING, *_OWN_UNIT]
STRANGER_COMMANDS = [("start", "Bắt đầu"), ("trogiup", "Hướng dẫn")]

STATUS = "Xem việc còn lại"

FOR_STRANGERS = (
    "Đây là hệ thống báo cáo học tập của Đoàn. Đồng chí gõ /start, rồi chia sẻ số điện thoại"
    " hoặc gõ mã mời được cấp."
)
FOR_MEMBERS = (
    "<b>/thuhoach</b> nộp bài thu hoạch: gửi tệp, hoặc chụp ảnh từng trang\n"
    "<b>/trangthai</b> xem việc còn lại\n"
    "<b>/hoinghi</b> giấy mời họp\n"
    "<b>/diemdanh</b> gõ sáu số ở hội trường\n"
    "<b>/dulieu</b> xem, xoá dữ liệu của mình\n"
    "<b>/huy</b> thôi việc đang làm dở"
)
FOR_ACTING = (
    "<b>/baocao</b> báo cáo học tập, hội nghị\n"
    "<b>/thuhoach</b> nộp bài: tệp, hoặc ảnh từng trang\n"
    "<b>/trangthai</b> xem việc còn lại\n"
    "<b>/hoinghi</b> giấy mời · <b>/diemdanh</b>\n"
    "<b>/hoatdong</b> ghi hoạt động\n"
    "<b>/binhxet</b> bình xét thi đua\n"
    "<b>/dulieu</b> dữ liệu của mình\n"
    "<b>/huy</b> thôi việc đang làm dở\n"
    "Báo nhanh trong một dòng: <code>12/11 45/50, đủ tài liệu</code>"
)
_FOR_DESK = (
    "<b>Theo dõi:</b> /tiendo · /duyet · /donvi{inspecting}",
    "<b>Hội nghị:</b> /hoinghi · /diemdanh · /baocaovien",
    "<b>Bài, kiến nghị:</b> /docbai · /kiennghi",
    "<b>Gửi đi:</b> /thongbao · /tailieu",
    "<b>Báo lên:</b> /baocaonhanh · /xuat",
    "<b>Đơn vị mình:</b> /baocao · /thuhoach · /trangthai · /tuyentruyen · /hoatdong · /binhxet",
    "<b>Khác:</b> /huy · /dulieu",
    "Báo hộ chi đoàn, mỗi dòng một đơn vị:\n<code>thôn 3 45/50</code>",
)
FOR_DESK = "\n".join(_FOR_DESK).format(inspecting="")
FOR_TEAMS = "\n".join(_FOR_DESK).format(inspecting=" · /kiemtra")
NOT_UNDERSTOOD = "Hệ thống chưa hiểu tin này. Đồng chí bấm một nút dưới đây, hoặc gõ /trogiup."
