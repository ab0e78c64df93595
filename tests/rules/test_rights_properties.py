"""Rights in any tree: nobody reads or writes sideways or upward.

The definition here walks from a unit to its parents, one by one, and knows no paths; `rules.rights` reads
paths and knows no parents. Ids are drawn so that one may be the beginning of another (7, 77, 770).
"""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rules.rights import Held, is_above, may_act_for, may_manage, may_review, may_see
from tests.rules.plans import plan_66

PLAN = plan_66()
ACTING = {"secretary", "deputy", "committee_member", "officer"}
ROLES = [*sorted(ACTING), "member", "treasurer"]  # the plan knows no treasurer
IDS = [1, 5, 7, 10, 11, 17, 70, 77, 100, 111, 170, 770, 777, 1111]


@dataclass(frozen=True)
class Tree:
    parents: dict[int, int | None]

    def path(self, unit: int | None) -> str:
        return "/" if unit is None else f"{self.path(self.parents[unit])}{unit}/"

    def chain(self, unit: int) -> list[int]:
        """The unit, its parent, that one's, to the top."""
        found = [unit]
        while (above := self.parents[found[-1]]) is not None:
            found.append(above)
        return found


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    ids = draw(st.permutations(IDS))[: draw(st.integers(1, len(IDS)))]
    parents: dict[int, int | None] = {ids[0]: None}
    for place, unit in enumerate(ids[1:], 1):
        parents[unit] = draw(st.sampled_from(ids[:place]))
    return Tree(parents)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Tree, list[tuple[int, str]], int]:
    """A tree, somebody's positions in it (unit, role), and the unit that they ask about."""
    tree = draw(trees())
    units = st.sampled_from(sorted(tree.parents))
    return tree, draw(st.lists(st.tuples(units, st.sampled_from(ROLES)), max_size=4)), draw(units)


@given(requests())
def test_the_rights_are_those_that_walking_up_the_tree_gives(
    request: tuple[Tree, list[tuple[int, str]], int],
) -> None:
    tree, positions, asked = request
    held = [Held(tree.path(unit), role) for unit, role in positions]
    acted_for = {unit for unit, role in positions if role in ACTING}
    path, chain, parent = tree.path(asked), tree.chain(asked), tree.parents[asked]
    above = bool(acted_for & set(chain[1:]))
    assert may_act_for(PLAN, held, path) == (asked in acted_for)
    assert may_see(PLAN, held, path) == bool(acted_for & set(chain))
    assert is_above(PLAN, held, path) == above
    assert may_review(PLAN, held, path) == (parent in acted_for)
    assert may_manage(PLAN, held, path) == (above or (parent is None and asked in acted_for))


@given(requests())
def test_no_right_reaches_beside_or_above(request: tuple[Tree, list[tuple[int, str]], int]) -> None:
    """Said the other way round: whoever acts for nothing on the way up from a unit has no right there."""
    tree, positions, asked = request
    elsewhere = [(unit, role) for unit, role in positions if unit not in tree.chain(asked)]
    held = [Held(tree.path(unit), role) for unit, role in elsewhere]
    for right in (may_act_for, may_see, is_above, may_review, may_manage):
        assert not right(PLAN, held, tree.path(asked)), right.__name__


@given(requests(), requests())
def test_a_further_position_takes_nothing_away(
    request: tuple[Tree, list[tuple[int, str]], int], other: tuple[Tree, list[tuple[int, str]], int]
) -> None:
    tree, positions, asked = request
    held = [Held(tree.path(unit), role) for unit, role in positions]
    more = [*held, *(Held(other[0].path(unit), role) for unit, role in other[1])]
    for right in (may_act_for, may_see, is_above, may_review, may_manage):
        assert right(PLAN, held, tree.path(asked)) <= right(PLAN, more, tree.path(asked))
