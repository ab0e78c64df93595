import re
from datetime import date

import pytest
from pydantic import ValidationError

from rules.names import fold
from rules.plan import Plan, PlanError, parse_plan
from tests.rules.plans import PLAN_66, TWO_LEVELS, plan_66, two_levels

TEXT_66 = PLAN_66.read_text(encoding="utf-8")
TEXT_2 = TWO_LEVELS.read_text(encoding="utf-8")


def test_plan_66_says_what_the_paper_says() -> None:
    plan = plan_66()
    assert (plan.number, plan.issued_on) == ("66-KH/TĐTN-BTG", date(2018, 9, 25))
    assert [level.code for level in plan.levels] == ["province", "district", "grassroots", "branch"]
    by_code = {duty.code: duty for duty in plan.duties}
    assert by_code["session"].held_before == {
        "province": date(2018, 11, 1),
        "district": date(2018, 11, 15),
        "grassroots": date(2018, 12, 30),
    }
    assert by_code["participation"].held_before == {"branch": date(2018, 12, 30)}
    assert by_code["final_report"].report_before == date(2019, 1, 5)
    assert by_code["final_report"].levels == ("district",)
    assert "Sầm Sơn" in by_code["session"].places["province"]
    assert plan.cadre_target_percent == 100
    assert len(plan.inspection_checklist) == 4
    assert {kind.kind for kind in plan.media} >= {"website_facebook", "tuoi_tre_lam_son", "bulletin", "press"}


def test_plan_66_asks_everyone_convened_for_an_essay_in_four_parts() -> None:
    essays = plan_66().essays
    assert essays is not None
    assert len(essays.parts) == 4
    assert set(essays.before) == {level.code for level in plan_66().levels}


def test_a_plan_of_two_levels_needs_nothing_of_the_other() -> None:
    plan = two_levels()
    assert [level.code for level in plan.levels] == ["province", "branch"]
    assert plan.essays is None
    assert plan.convened == ()


def test_a_plan_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        plan_66().code = "other"


def test_a_byte_order_mark_is_no_problem() -> None:
    assert parse_plan("\ufeff" + TEXT_2, "x") == two_levels()


WRONG = {
    "unknown key": ("short_title", "short_titel", "short_titel: không có mục này; xem lại chính tả"),
    "missing key": ('call_name = "Kế hoạch 12"\n', "", "call_name: còn thiếu"),
    "no date": (
        "report_before = 2026-04-15",
        'report_before = "15/4"',
        "duties[1].report_before: phải là một ngày, ví dụ 2018-12-30",
    ),
    "no time": (
        "at = 09:00:00",
        'at = "sáng"',
        "reminders.stages[0].at: phải là một giờ, ví dụ 07:30:00",
    ),
    "no number": (
        "report_days_after = 5",
        'report_days_after = "5 ngày"',
        "duties[0].report_days_after: phải là một số nguyên",
    ),
    "too small": (
        "report_days_after = 5",
        "report_days_after = -1",
        "duties[0].report_days_after: phải từ 0 trở lên",
    ),
    "too long": (
        'kind = "document"',
        'kind = "document"\nbutton_label = "Nộp báo cáo tổng hợp"',
        "duties[1].button_label: nhiều nhất 18 ký tự",
    ),
    "drafted, but no document": (
        'code = "meeting"',
        'code = "meeting"\nrelay = "Báo cáo nhanh"',
        'duties[0].relay: chỉ dùng cho việc loại "document"',
    ),
    "no such kind": ('kind = "document"', 'kind = "paper"', "duties[1].kind: phải là một trong: "),
    "no truth": ("acts = true", 'acts = "có"', "roles[0].acts: phải là true hoặc false"),
    "no list": ('levels = ["branch"]', 'levels = "branch"', "duties[0].levels: phải là một danh sách"),
    "empty list": ('levels = ["branch"]', "levels = []", "duties[0].levels: phải có ít nhất 1 mục"),
    "bad code": ('code = "leader"', 'code = "Trưởng"', "roles[0].code: chỉ gồm chữ thường không dấu"),
    "unknown level": (
        'levels = ["province"]',
        'levels = ["district"]',
        'duties[1].levels[0]: "district" không có trong levels; có: branch, province',
    ),
    "deadline of a level without the duty": (
        "held_before = { branch",
        "held_before = { province",
        'duties[0].held_before.province: "province" không có trong duties.levels; có: branch',
    ),
    "reminder of a level without the duty": (
        "report_before = 2026-04-15",
        "remind_before = { branch = 2026-04-15 }",
        'duties[1].remind_before.branch: "branch" không có trong duties.levels; có: province',
    ),
    "reminder that is no date": (
        "report_before = 2026-04-15",
        'remind_before = "15/4"',
        "duties[1].remind_before: phải là một ngày, ví dụ 2018-12-30",
    ),
    "reminder of a level that is no date": (
        "report_before = 2026-04-15",
        'remind_before = { province = "15/4" }',
        "duties[1].remind_before.province: phải là một ngày, ví dụ 2018-12-30",
    ),
    "reminder before the plan": (
        "report_before = 2026-04-15",
        "remind_before = { province = 2026-01-01 }",
        "duties[1].remind_before.province: phải sau ngày bắt đầu 10/01/2026",
    ),
    "activities of an unknown level": (
        'kind = "document"',
        'kind = "activity"\noptional_levels = ["district"]',
        'duties[1].optional_levels[0]: "district" không có trong levels; có: branch, province',
    ),
    "twice": ('code = "sum_up"', 'code = "meeting"', 'duties: "meeting" có hai lần'),
    "a word for two levels": (
        'aliases = ["tỉnh"]',
        'aliases = ["Chi Doan"]',
        'levels.aliases: "chi doan" chỉ được dùng cho một mục; đang có ở: branch, province',
    ),
    "deadline before the plan": (
        "branch = 2026-04-01",
        "branch = 2026-01-10",
        "duties[0].held_before.branch: phải sau ngày bắt đầu 10/01/2026",
    ),
    "locked before it began": (
        "lock_on = 2026-05-01",
        "lock_on = 2026-01-01",
        "lock_on: phải sau ngày bắt đầu",
    ),
    "begun before it was issued": (
        "starts_on = 2026-01-10",
        "starts_on = 2026-01-01",
        "starts_on: phải từ ngày ban hành 05/01/2026 trở đi",
    ),
    "a reminder at night": (
        "at = 09:00:00",
        "at = 06:00:00",
        "reminders.stages[0].at: phải ngoài giờ yên lặng 21:00 - 07:00",
    ),
    "quiet by day": (
        "quiet_until = 07:00:00",
        "quiet_until = 22:00:00",
        "reminders.quiet_until: phải sớm hơn quiet_from",
    ),
    "someone unknown to call": (
        "\n[[reminders.stages]]",
        '\n[[reminders.escalations]]\nlevel = "commune"\ndays = 1\nat = 08:00:00\n\n[[reminders.stages]]',
        'reminders.escalations[0].level: "commune" không có trong levels',
    ),
    "no TOML": ('code = "hai-cap"', "code = hai-cap", "dòng 3, cột 8: chưa đúng cú pháp TOML"),
}


@pytest.mark.parametrize(("old", "new", "problem"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_with_its_key(old: str, new: str, problem: str) -> None:
    assert old in TEXT_2
    with pytest.raises(PlanError) as raised:
        parse_plan(TEXT_2.replace(old, new, 1), "thu.toml")
    assert raised.value.source == "thu.toml"
    assert any(line.startswith(problem) for line in raised.value.problems), raised.value.problems


def test_every_mistake_is_told_at_once() -> None:
    text = TEXT_66.replace('kind = "media"', 'kind = "x"').replace("days = 7", "days = 7.5")
    with pytest.raises(PlanError) as raised:
        parse_plan(text, "x")
    assert len(raised.value.problems) == 2
    assert all(re.match(r"[a-z_.\[\]0-9]+: ", line) for line in raised.value.problems)


def test_what_is_wrong_is_told_without_english() -> None:
    """Whatever key gets a value of the wrong kind."""
    for line in {line for line in TEXT_66.splitlines() if re.match(r"[a-z_]+ = ", line)}:
        key = line.split(" = ")[0]
        with pytest.raises(PlanError) as raised:
            parse_plan(re.sub(rf"(?m)^{re.escape(line)}", f"{key} = {{ a = 1 }}", TEXT_66, count=1), "x")
        for problem in raised.value.problems:
            assert not re.search(r"\b(should|valid|Input|must)\b", problem), problem


def test_a_roster_s_words_for_a_role_are_known_however_they_are_typed() -> None:
    known = {fold(word): role.code for role in plan_66().roles for word in (role.name, *role.aliases)}
    assert known["uy vien bch"] == known["uv bch"] == known[fold("Uỷ viên BCH")] == "committee_member"
    assert known["bt"] == known[fold("Bí thư Đoàn xã")] == "secretary"
    assert known["pbt"] == known[fold("PHÓ BÍ THƯ")] == "deputy"


def test_unused_parts_may_be_left_out() -> None:
    assert isinstance(two_levels(), Plan)
    assert two_levels().rating is None
