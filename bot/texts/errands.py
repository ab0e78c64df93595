"""Files that are made after the question was answered."""

BEING_MADE = "Hệ thống đang tạo tệp, xong sẽ gửi ngay tại đây."
BEING_MADE_ALREADY = "Tệp này đang được tạo, đồng chí chờ một chút."
NOT_MADE = (
    "Hệ thống chưa tạo được tệp này. Đồng chí thử lại sau ít phút giúp; nếu vẫn vậy, báo người vận hành."
)
