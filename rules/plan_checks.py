"""Where the parts of a plan contradict one another, in Vietnamese, each line naming the key."""

from datetime import date, time
from typing import TYPE_CHECKING

from rules.names import fold

if TYPE_CHECKING:
    from rules.plan import Plan, RatingFact


def contradictions(plan: "Plan") -> list[str]:
    return [
        *_unknown_names(plan),
        *_twice(plan),
        *_ambiguous(plan),
        *_wrong_dates(plan),
        *_at_night(plan),
        *_relays(plan),
        *_rating(plan),
    ]


def _unknown_names(plan: "Plan") -> list[str]:
    levels = {level.code for level in plan.levels}
    roles = {role.code for role in plan.roles}
    named: list[tuple[str, str, set[str], str]] = []
    for place, level in enumerate(plan.levels):
        for which, one in enumerate(level.also):
            named += [
                (f"levels[{place}].also[{which}].level", one.level, levels, "levels"),
                (f"levels[{place}].also[{which}].under", one.under, levels, "levels"),
            ]
    for place, duty in enumerate(plan.duties):
        for which, code in enumerate(duty.levels):
            named.append((f"duties[{place}].levels[{which}]", code, levels, "levels"))
        named += [
            (f"duties[{place}].held_before.{code}", code, set(duty.levels), "duties.levels")
            for code in duty.held_before
        ]
        named += [
            (f"duties[{place}].places.{code}", code, set(duty.levels), "duties.levels")
            for code in duty.places
        ]
        named += [
            (f"duties[{place}].optional_levels[{which}]", code, levels, "levels")
            for which, code in enumerate(duty.optional_levels)
        ]
        if isinstance(duty.remind_before, dict):
            named += [
                (f"duties[{place}].remind_before.{code}", code, set(duty.levels), "duties.levels")
                for code in duty.remind_before
            ]
    for place, group in enumerate(plan.convened):
        named.append((f"convened[{place}].session_level", group.session_level, levels, "levels"))
        for which, some in enumerate(group.people):
            key = f"convened[{place}].people[{which}]"
            named.append((f"{key}.level", some.level, levels, "levels"))
            named += [(f"{key}.roles[{n}]", code, roles, "roles") for n, code in enumerate(some.roles)]
    for place, rule in enumerate(plan.speakers):
        named += [
            (f"speakers[{place}].session_level", rule.session_level, levels, "levels"),
            (f"speakers[{place}].from_level", rule.from_level, levels, "levels"),
            *((f"speakers[{place}].roles[{n}]", code, roles, "roles") for n, code in enumerate(rule.roles)),
        ]
    for place, essay in enumerate(plan.essays.rules if plan.essays else ()):
        named += [
            (f"essays.rules[{place}].levels[{n}]", code, levels, "levels")
            for n, code in enumerate(essay.levels)
        ]
        named += [
            (f"essays.rules[{place}].roles[{n}]", code, roles, "roles") for n, code in enumerate(essay.roles)
        ]
    for code in plan.essays.before if plan.essays else ():
        named.append((f"essays.before.{code}", code, levels, "levels"))
    for place, target in enumerate(plan.media):
        named += [
            (f"media[{place}].levels[{n}]", code, levels, "levels") for n, code in enumerate(target.levels)
        ]
    for place, call in enumerate(plan.reminders.escalations):
        named.append((f"reminders.escalations[{place}].level", call.level, levels, "levels"))
    if plan.rating is not None:
        below = {level.code for level in plan.levels[1:]}  # nobody is above the top to decide
        named += [
            (f"rating.levels[{place}]", code, below, "levels, trừ cấp cao nhất")
            for place, code in enumerate(plan.rating.levels)
        ]
        named += [
            (f"rating.facts[{place}].duty", fact.duty, {duty.code for duty in plan.duties}, "duties")
            for place, fact in enumerate(plan.rating.facts)
            if fact.duty is not None
        ]
    return [
        f'{key}: "{code}" không có trong {where}; có: {", ".join(sorted(known))}'
        for key, code, known, where in named
        if code not in known
    ]


def _twice(plan: "Plan") -> list[str]:
    return [
        f'{kind}: "{code}" có hai lần'
        for kind, codes in (
            ("levels", [level.code for level in plan.levels]),
            ("roles", [role.code for role in plan.roles]),
            ("duties", [duty.code for duty in plan.duties]),
            ("convened", [group.code for group in plan.convened]),
            ("reminders.stages", [stage.code for stage in plan.reminders.stages]),
            ("rating.facts", [fact.code for fact in plan.rating.facts] if plan.rating else []),
            ("rating.grades", [grade.name for grade in plan.rating.grades] if plan.rating else []),
        )
        for code in sorted(set(codes))
        if codes.count(code) > 1
    ]


def _ambiguous(plan: "Plan") -> list[str]:
    """Rosters are read without diacritics: a word may mean only one level, and one role."""
    problems = []
    for kind, named in (("levels", plan.levels), ("roles", plan.roles)):
        meanings: dict[str, set[str]] = {}
        for one in named:
            for word in (one.code, one.name, *one.aliases):
                meanings.setdefault(fold(word), set()).add(one.code)
        problems += [
            f'{kind}.aliases: "{word}" chỉ được dùng cho một mục; đang có ở: {", ".join(sorted(codes))}'
            for word, codes in meanings.items()
            if len(codes) > 1
        ]
    return problems


def _wrong_dates(plan: "Plan") -> list[str]:
    problems = []
    if plan.starts_on < plan.issued_on:
        problems.append(f"starts_on: phải từ ngày ban hành {plan.issued_on:%d/%m/%Y} trở đi")
    dated: list[tuple[str, date | None]] = [("lock_on", plan.lock_on)]
    dated.append(("rating.contest_before", plan.rating.contest_before if plan.rating else None))
    for place, duty in enumerate(plan.duties):
        dated += [(f"duties[{place}].held_before.{level}", day) for level, day in duty.held_before.items()]
        dated.append((f"duties[{place}].report_before", duty.report_before))
        key = f"duties[{place}].remind_before"
        if isinstance(duty.remind_before, dict):
            dated += [(f"{key}.{level}", day) for level, day in duty.remind_before.items()]
        else:
            dated.append((key, duty.remind_before))
    dated += [
        (f"essays.before.{level}", day) for level, day in (plan.essays.before if plan.essays else {}).items()
    ]
    problems += [
        f"{key}: phải sau ngày bắt đầu {plan.starts_on:%d/%m/%Y}"
        for key, day in dated
        if day is not None and day <= plan.starts_on
    ]
    return problems


def _at_night(plan: "Plan") -> list[str]:
    """What falls in the quiet hours would never be sent at its time."""
    told = plan.reminders
    if told.quiet_until >= told.quiet_from:
        return ["reminders.quiet_until: phải sớm hơn quiet_from; giờ yên lặng là ban đêm"]
    timed: list[tuple[str, time | None]] = [("reminders.session_evening", told.session_evening)]
    timed += [(f"reminders.stages[{place}].at", stage.at) for place, stage in enumerate(told.stages)]
    timed += [(f"reminders.escalations[{place}].at", call.at) for place, call in enumerate(told.escalations)]
    return [
        f"{key}: phải ngoài giờ yên lặng {told.quiet_from:%H:%M} - {told.quiet_until:%H:%M}"
        for key, at in timed
        if at is not None and not told.quiet_until <= at < told.quiet_from
    ]


def _relays(plan: "Plan") -> list[str]:
    """Only a document may be drafted instead of handed in; a quick report always is."""
    return [
        f'duties[{place}].relay: chỉ dùng cho việc loại "document"'
        for place, duty in enumerate(plan.duties)
        if duty.relay is not None and duty.kind != "document"
    ]


def _rating(plan: "Plan") -> list[str]:
    """A fact that could never be told, points that would not add up."""
    rating = plan.rating
    if rating is None:
        return []
    problems = []
    for place, fact in enumerate(rating.facts):
        why = _never_told(plan, fact)
        problems += [f"rating.facts[{place}].{why}"] if why else []
    weighted = [fact.weight is not None for fact in rating.facts]
    if any(weighted) and not all(weighted):
        problems.append("rating.facts: hoặc mọi mục có weight, hoặc không mục nào có")
    if rating.grades and not any(weighted):
        problems.append("rating.grades: xếp loại cần weight ở từng mục của rating.facts")
    shares = [grade.least_percent for grade in rating.grades]
    if shares and (0 not in shares or len(set(shares)) < len(shares)):
        problems.append("rating.grades: mỗi mức một least_percent khác nhau, mức thấp nhất là 0")
    return problems


def _never_told(plan: "Plan", fact: "RatingFact") -> str | None:
    duty = next((one for one in plan.duties if one.code == fact.duty), None)
    handed_in = duty is not None and duty.kind not in ("media", "inspection", "training", "activity")
    match fact.kind:
        case "essays_complete" if plan.essays is None:
            return "kind: kế hoạch không có mục essays"
        case "inspection_closed" if all(one.kind != "inspection" for one in plan.duties):
            return "kind: kế hoạch không có việc kiểm tra (inspection)"
        case "essays_complete" | "inspection_closed":
            return "duty: mục này không gắn với việc nào" if fact.duty is not None else None
        case _ if fact.duty is None:
            return "duty: còn thiếu"
        case _ if duty is None:
            return None  # told already
        case "held_on_time" if not duty.held_before:
            return f'duty: việc "{duty.code}" không có held_before'
        case "cadres_complete" if duty.kind != "participation":
            return f'duty: việc "{duty.code}" không phải loại participation'
        case "reported_on_time" if not duty.has_report_deadline:
            return f'duty: việc "{duty.code}" không có hạn báo cáo'
        case _ if not handed_in:
            return f'duty: việc "{duty.code}" không có báo cáo để tính'
    return None
