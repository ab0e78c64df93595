"""Why an answer was not taken, as one sentence that says what would be understood."""

from collections.abc import Callable
from typing import Any

from bot.texts import say
from rules.reasons import Reason, ReasonCode

NUMBER_EXAMPLE = "Hệ thống chưa đọc được. Đồng chí gõ số, ví dụ: 45 hoặc 45/50."

_TEXTS: dict[ReasonCode, Callable[[dict[str, Any]], str]] = {
    ReasonCode.UNREADABLE_NUMBER: lambda _: NUMBER_EXAMPLE,
    ReasonCode.EXPECTED_NEEDED: lambda facts: (
        f"Đồng chí gõ cả tổng số giúp, ví dụ: {facts['attended']}/{facts['attended'] + 5}."
    ),
    ReasonCode.MORE_THAN_EXPECTED: lambda facts: (
        f"Số tham dự ({facts['attended']}) nhiều hơn số đoàn viên ({facts['expected']})."
        f" Nếu chi đoàn nay có {facts['attended']} đoàn viên, đồng chí gõ"
        f" {facts['attended']}/{facts['attended']}."
    ),
    ReasonCode.NUMBER_TOO_LARGE: lambda facts: (
        f"Hệ thống nhận số đến {say.number(facts['limit'])}. Đồng chí xem lại rồi gõ giúp."
    ),
    ReasonCode.UNREADABLE_DATE: lambda _: "Hệ thống chưa đọc được ngày. Đồng chí gõ, ví dụ: 12/11.",
    ReasonCode.DATE_IN_FUTURE: lambda facts: (
        f"Ngày {say.day(facts['day'])} chưa đến. Hội nghị đã họp ngày nào?"
    ),
    ReasonCode.DATE_IN_PAST: lambda facts: (
        f"Ngày {say.day(facts['day'])} đã qua. Đồng chí gõ ngày sắp tới giúp."
    ),
    ReasonCode.DATE_BEFORE_PLAN: lambda facts: (
        f"Kế hoạch bắt đầu từ {facts['start'].day:02d}/{facts['start'].month:02d}/{facts['start'].year}."
        " Đồng chí xem lại ngày giúp."
    ),
    ReasonCode.DATE_TOO_FAR: lambda facts: (
        f"Ngày {facts['day']:%d/%m/%Y} cách hôm nay quá xa. Đồng chí xem lại năm giúp."
    ),
    ReasonCode.UNREADABLE_NAME: lambda _: "Hệ thống chưa đọc được họ tên. Đồng chí gõ, ví dụ: Trần Văn Hùng.",
}


def explain(reason: Reason) -> str:
    return _TEXTS[reason.code](reason.facts)
