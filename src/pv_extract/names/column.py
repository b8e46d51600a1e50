"""A whole column of labels at once: which list it is about, one name for each row, each name once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from pv_extract.model import Match
from pv_extract.names.assignment import assign
from pv_extract.names.folding import plain
from pv_extract.names.lists import ContextRule, NameList
from pv_extract.names.matcher import match_label, matches_directly
from pv_extract.names.outcome import Context, Outcome
from pv_extract.names.words import whole_of, without_total_words

_ENOUGH = 0.5
_FIRM = {"exact", "decision"}


class Collision(NamedTuple):
    """Rows (from 0) of one table that claim the same name."""

    id: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ColumnOutcome:
    """One outcome for each label, in order; `list` is None where no list fits.

    `collisions` are names that more than one row claims; `aggregates` are rows whose name lies above that of other rows.
    """

    list: str | None
    outcomes: tuple[Outcome, ...]
    collisions: tuple[Collision, ...] = ()
    aggregates: tuple[int, ...] = ()


def match_column(
    labels: Sequence[str],
    lists: Mapping[str, NameList],
    *,
    list_id: str | None = None,
    groups: Sequence[tuple[str, ...]] = (),
    caption: str = "",
) -> ColumnOutcome:
    """The names of the rows of one table.

    Args:
        labels: one for each row, as printed.
        lists: the lists by id.
        list_id: the list that the rows are about; the one that fits best where it is None.
        groups: the headings above each row, outermost first; empty where there are none.
        caption: caption and stub header, which may say what the rows are.

    Raises:
        KeyError: where `list_id` is none of the lists.
    """
    chosen = list_id if list_id is not None else best_list(labels, lists, caption)
    if chosen is None:
        return ColumnOutcome(
            None, tuple(Outcome(label, "", "refused", why="no list fits the column") for label in labels)
        )
    lst = lists[chosen]
    above = [tuple(groups[i]) if i < len(groups) else () for i in range(len(labels))]
    around = {group: Context(group) for group in set(above)}
    outcomes = [match_label(label, lst, context=around[group]) for label, group in zip(labels, above, strict=True)]
    outcomes = _by_members(outcomes, lst)
    collisions: list[Collision] = []
    if lst.settings.once:
        for group in dict.fromkeys(above):
            rows = [i for i, g in enumerate(above) if g == group]
            collisions += _once(rows, outcomes, lst, group)
    return ColumnOutcome(chosen, tuple(outcomes), tuple(collisions), _aggregates(outcomes, lst))


# -- which list ---------------------------------------------------------------------------------------------------------


def best_list(labels: Sequence[str], lists: Mapping[str, NameList], caption: str) -> str | None:
    """The list that names at least half of the members; of a single row only where the caption speaks of the list."""
    members = list(dict.fromkeys([label for label in labels if label.strip() and whole_of(label) is None]))
    if not members:
        return None
    said = f" {plain(caption)} "
    ranked = []
    for key, lst in lists.items():
        announced = any(map(said.__contains__, _headers(lst)))
        direct = sum([matches_directly(label, lst) for label in members])
        share = direct / len(members)
        if share < 0.9 and (announced or share >= 0.3):
            share = sum(match_label(label, lst).status in {"accepted", "review"} for label in members) / len(members)
        enough = share >= _ENOUGH and (direct >= 2 or announced)
        if enough:
            ranked.append((share + 0.2 * announced, direct, key))
    return max(ranked)[2] if ranked else None


@lru_cache(maxsize=64)
def _headers(lst: NameList) -> tuple[str, ...]:
    """The words above a column of this list, as whole words of a folded text."""
    return tuple(f" {plain(word)} " for word in lst.settings.headers)


# -- what the members decide --------------------------------------------------------------------------------------------


def _by_members(outcomes: list[Outcome], lst: NameList) -> list[Outcome]:
    if not lst.settings.context:
        return outcomes
    present = frozenset(i for o in outcomes if o.match for i in o.match.ids)
    return [_in_context(o, lst, present) for o in outcomes]


def _in_context(outcome: Outcome, lst: NameList, present: frozenset[str]) -> Outcome:
    text = without_total_words(outcome.label) if outcome.status == "total" else outcome.label
    decided = outcome.match is not None and outcome.match.how == "decision"
    rules = [r for r in lst.settings.context if plain(r.label) == plain(text)]
    rule = next((r for r in rules if _fits(r, present)), None)
    if rule is None or decided:
        return outcome
    match = Match(
        lst.id,
        rule.id,
        lst.names[rule.id].name,
        "context",
        100.0,
        100.0,
        f"{rule.label}: {rule.because}",
        ids=(rule.id,),
    )
    if outcome.status == "total":
        return replace(outcome, reference=match)
    return replace(outcome, status="accepted", match=match, why=match.rule)


def _fits(rule: ContextRule, present: frozenset[str]) -> bool:
    some = not rule.any_of or not present.isdisjoint(rule.any_of)
    return some and present.issuperset(rule.with_) and present.isdisjoint(rule.without)


def _aggregates(outcomes: Sequence[Outcome], lst: NameList) -> tuple[int, ...]:
    above = {a for o in outcomes if o.match for i in o.match.ids for a in lst.ancestors(i)}
    if not above:
        return ()
    return tuple(row for row, o in enumerate(outcomes) if o.match and not above.isdisjoint(o.match.ids))


# -- each name once -----------------------------------------------------------------------------------------------------


def _once(rows: Sequence[int], outcomes: list[Outcome], lst: NameList, group: tuple[str, ...]) -> list[Collision]:
    """Settles in place which row of the group keeps a name, and reports the names that more than one claims."""
    _share_out([r for r in rows if _is_near(outcomes[r])], rows, outcomes, lst, group)
    claims: dict[str, list[int]] = {}
    for row in rows:
        for key in _ids(outcomes[row]):
            claims.setdefault(key, []).append(row)
    collisions = [Collision(key, tuple(claimed)) for key, claimed in claims.items() if len(claimed) > 1]
    for collision in collisions:
        _hold_back(collision, outcomes)
    return collisions


def _is_near(outcome: Outcome) -> bool:
    """Whether the outcome rests on similarity: only such a row can give way to another."""
    if outcome.match:
        return outcome.match.how == "fuzzy"
    return outcome.status == "review" and any(c.id and c.score < 100 for c in outcome.candidates)


def _share_out(
    near: Sequence[int], rows: Sequence[int], outcomes: list[Outcome], lst: NameList, group: tuple[str, ...]
) -> None:
    if not near:
        return
    firm = frozenset(i for r in rows if r not in near for i in _ids(outcomes[r]))
    lowest = lst.settings.thresholds.review
    options = [
        {
            c.id: c.score
            for c in outcomes[r].candidates
            if c.id and c.score >= lowest and not firm & set(c.id.split("|"))
        }
        for r in near
    ]
    given = assign(options)
    for row, key in zip(near, given, strict=True):
        others = frozenset(i for k, r in zip(given, near, strict=True) if k and r != row for i in k.split("|"))
        again = match_label(outcomes[row].label, lst, context=Context(group, taken=firm | others))
        best = again.match
        if best and best.id == key and not outcomes[row].match:
            outcomes[row] = replace(
                again, match=replace(best, how="context", rule=f"{best.rule}; rivals stand in other rows")
            )
        elif outcomes[row].match and not again.match:
            outcomes[row] = again


def _hold_back(collision: Collision, outcomes: list[Outcome]) -> None:
    """The same label printed twice keeps its name; of different labels only the firmest does, where there is one."""
    rows = collision.rows
    if len({plain(outcomes[r].label) for r in rows}) == 1:
        return
    strength = {r: _strength(outcomes[r]) for r in rows}
    best = max(strength.values())
    alone = Counter(strength.values())[best] == 1
    for row in rows:
        if alone and strength[row] == best:
            continue
        rivals = ", ".join(repr(outcomes[r].label) for r in rows if r != row)
        match = outcomes[row].match
        if match:
            why = f"{match.name} is also claimed by {rivals}"
            outcomes[row] = replace(outcomes[row], status="review", match=None, why=why)


def _strength(outcome: Outcome) -> tuple[bool, bool, float]:
    match = outcome.match
    return (
        match is not None and match.how in _FIRM,
        match is not None and match.how == "alias",
        match.score if match else 0.0,
    )


def _ids(outcome: Outcome) -> tuple[str, ...]:
    return outcome.match.ids if outcome.match else ()
