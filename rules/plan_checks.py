"""Where the parts of a plan contradict one another, in Vietnamese, each line naming the key."""

from datetime import date, time
from typing import TYPE_CHECKING

from rules.names import fold

if TYPE_CHECKING:
    from rules.plan import Plan


def contradictions(plan: "Plan") -> list[str]:
    return [
        *_unknown_names(plan),
        *_twice(plan),
        *_ambiguous(plan),
        *_wrong_dates(plan),
        *_at_night(plan),
        *_relays(plan),
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
    for place, basis in enumerate(plan.rating_basis):
        known = {duty.code for duty in plan.duties} | ({"essays"} if plan.essays else set())
        named.append((f"rating_basis[{place}]", basis, known, "duties"))
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
