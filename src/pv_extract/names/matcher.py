"""A printed label against a list: decided, exact, alias, context or fuzzy; accepted, to be reviewed, or refused."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from pv_extract.model import Match
from pv_extract.names.codes import take_bare_codes, take_codes
from pv_extract.names.evidence import Evidence, weigh
from pv_extract.names.folding import LONGEST, dangling, parts, plain, unmarked, without_glued_mark
from pv_extract.names.index import Form, Found, index_of
from pv_extract.names.lists import Code, Decision, NameList, Status
from pv_extract.names.outcome import (
    EQUAL,
    Candidate,
    Context,
    Outcome,
    OutcomeStatus,
    candidate_of,
    coded,
    match_of,
    weighed,
)
from pv_extract.names.words import whole_of, without_total_words

_SEPARATORS = re.compile(r"\s[-–—]\s|[–—/|:;,()\[\]]")
_SHOWN = 5
_CERTAIN, _SOME = 99.9, 1.0  # where every word equals a word of the name, any rival that is less will do


def match_label(label: str, lst: NameList, *, context: Context | None = None) -> Outcome:
    """The name that a label stands for, where that can be defended; never raises for an odd label."""
    if len(label) > LONGEST:
        return Outcome(label[: LONGEST + 1], lst.id, "refused", why=_unusable(label))
    return _outcome(label, lst, context or Context())


@lru_cache(maxsize=16384)  # the same labels come back in document after document
def _outcome(printed: str, lst: NameList, around: Context) -> Outcome:
    if problem := _unusable(printed):
        return Outcome(printed, lst.id, "refused", why=problem)
    decided = _decided(printed, lst)
    if decided:
        return decided
    whole = whole_of(printed)
    if whole in ("total", "subtotal"):
        rest = without_total_words(printed)
        found = index_of(lst).look_up(rest) if rest else None
        reference = match_of(lst, found.form, found.step) if found and found.form.ids else None
        return Outcome(printed, lst.id, "total", why=f"a word for a {whole}", reference=reference, settled=True)
    direct = _in_group(printed, lst, around) or _direct(printed, lst)
    if direct:
        return direct
    if whole == "residual":
        return Outcome(printed, lst.id, "residual", why="a word for what is left over", settled=True)
    return _piecewise(printed, lst) or _fuzzy(printed, lst, around.taken)


def nearest(label: str, lst: NameList) -> tuple[Candidate, ...]:
    """The names that a label comes nearest to, best first, whatever was decided on it."""
    if _unusable(label):
        return ()
    return tuple(weighed(lst, e) for e in weigh(_codes(label, lst)[0], lst)[:_SHOWN] if e.score > 0)


@lru_cache(maxsize=16384)  # as above
def matches_directly(label: str, lst: NameList) -> bool:
    """Whether a label equals a form of the list (or was decided on), similarity left aside: quick to tell."""
    if _unusable(label):
        return False
    outcome = _decided(label, lst) or _direct(label, lst)
    return outcome is not None and outcome.status in {"accepted", "review"}


@lru_cache(maxsize=4096)  # each list in turn asks about the same labels
def _unusable(label: str) -> str:
    if len(label) > LONGEST:
        return f"{len(label)} characters; a label has {LONGEST} at most"
    text = unmarked(label)
    if not text.strip():
        return "nothing is printed"
    if not any(c.isalpha() for c in text):
        return "no letter is printed"
    return ""


# -- the label equals something -----------------------------------------------------------------------------------------


def _decided(label: str, lst: NameList) -> Outcome | None:
    decision = _decisions(lst).get(plain(label)) if lst.decisions else None
    if decision is None:
        return None
    said = _said(decision)
    if decision.id is None:
        return Outcome(label, lst.id, "refused", why=said, settled=True)
    name = lst.names[decision.id]
    return Outcome(
        label, lst.id, "accepted", Match(lst.id, name.id, name.name, "decision", EQUAL, EQUAL, said, ids=(name.id,))
    )


@lru_cache(maxsize=64)
def _decisions(lst: NameList) -> Mapping[str, Decision]:
    return {plain(d.label): d for d in lst.decisions}


def _said(decision: Decision) -> str:
    by = f" by {decision.by}" if decision.by else ""
    on = f" on {decision.on}" if decision.on else ""
    why = f": {decision.why}" if decision.why else ""
    return f"decision on {decision.label!r}{by}{on}{why}"


def _direct(label: str, lst: NameList) -> Outcome | None:
    """What the label equals, codes and glued footnote marks aside; codes that speak of another name hold it back."""
    text, codes = _codes(label, lst)
    for reading in _readings(text):
        found = index_of(lst).look_up(reading) if parts(reading) else None
        if found and not (dangling(label) and _goes_on(reading, found, lst)):
            return _settled(label, lst, found, codes)
    if codes and not any(c.isalpha() for c in text):
        return _coded(label, lst, codes)
    return None


def _readings(text: str) -> Iterator[str]:
    yield unmarked(text)
    if shorter := without_glued_mark(unmarked(text)):
        yield shorter


def _codes(label: str, lst: NameList) -> tuple[str, tuple[str, ...]]:
    text, every = unmarked(label), []
    for scheme in lst.settings.codes:
        text, codes = take_codes(text, scheme)
        every += [f"{scheme}:{c}" for c in codes]
    return text, tuple(every)


def _goes_on(text: str, found: Found, lst: NameList) -> bool:
    """Whether a label that stops at a sign or `en` is the beginning of other names than the one it equals."""
    start = plain(text)
    return any(plain(f.text).startswith(start) and f.ids != found.form.ids for f in index_of(lst).forms)


def _begins_others(label: str, form: Form, lst: NameList) -> bool:
    """Whether names of other ids begin as the label or this form does: then a label that stops halfway may be one of them."""
    starts = (plain(form.text) + " ", plain(label))
    return any(plain(f.text).startswith(starts) and f.ids != form.ids for f in index_of(lst).forms)


def _settled(label: str, lst: NameList, found: Found, codes: tuple[str, ...]) -> Outcome | None:
    form = found.form
    if not form.ids:
        return Outcome(label, lst.id, "refused", why=f"known as something else: {form.text!r}, {form.why}")
    match = match_of(lst, form, found.step)
    against = [c for c in _named(lst, codes) if c.id not in form.ids and not _related(lst, c.id, form.ids)]
    if against:
        why = f"the words say {match.name}, {against[0].scheme} {against[0].value} says {lst.names[against[0].id].name}"
        return Outcome(
            label, lst.id, "review", why=why, candidates=(candidate_of(match), *(coded(lst, c) for c in against))
        )
    if form.status is Status.HINT:
        return Outcome(label, lst.id, "review", why=match.rule, candidates=(candidate_of(match),))
    return Outcome(label, lst.id, "accepted", match, why=match.rule)


def _coded(label: str, lst: NameList, codes: tuple[str, ...]) -> Outcome:
    named = _named(lst, codes)
    shown = ", ".join(codes).replace(":", " ")
    if not named:
        return Outcome(label, lst.id, "refused", why=f"{shown} is no code of this list")
    candidates = tuple(coded(lst, c) for c in named)
    if len({c.id for c in named}) > 1 or len(named) < len(codes) or any(c.status is Status.HINT for c in named):
        return Outcome(label, lst.id, "review", why=candidates[0].rule, candidates=candidates)
    code = named[0]
    name = lst.names[code.id]
    match = Match(lst.id, name.id, name.name, "alias", EQUAL, EQUAL, candidates[0].rule, ids=(name.id,))
    return Outcome(label, lst.id, "accepted", match, why=match.rule)


def _named(lst: NameList, codes: Iterable[str]) -> list[Code]:
    known = _by_code(lst)
    return [known[c] for c in codes if c in known]


@lru_cache(maxsize=64)
def _by_code(lst: NameList) -> Mapping[str, Code]:
    return {f"{c.scheme}:{c.value}": c for c in lst.codes}


def _related(lst: NameList, key: str, ids: Iterable[str]) -> bool:
    return any(key in lst.ancestors(i) or i in lst.ancestors(key) for i in ids)


# -- the label is made of pieces ----------------------------------------------------------------------------------------


def _in_group(label: str, lst: NameList, context: Context) -> Outcome | None:
    """The label read together with the heading above it: `Handel`, then `Voeding`, is a line of Handel."""
    for heading in reversed(context.group):
        above = index_of(lst).look_up(unmarked(heading))
        joined = index_of(lst).look_up(f"{unmarked(heading)} {unmarked(label)}")
        if not above or not joined or joined.form.status is Status.HINT:
            continue
        if any(set(above.form.ids) & lst.ancestors(i) for i in joined.form.ids):
            match = replace(
                match_of(lst, joined.form, joined.step), how="context", rule=f"below the heading {heading!r}"
            )
            return Outcome(label, lst.id, "accepted", match, why=match.rule)
    return None


def _piecewise(label: str, lst: NameList) -> Outcome | None:
    """Pieces that each name something: accepted where all of them name the same, or a part of what another piece names."""
    text, codes = _codes(label, lst)
    for scheme in lst.settings.codes:
        bare, extra = take_bare_codes(text, scheme)
        if extra and any(c.isalpha() for c in bare) and (found := index_of(lst).look_up(bare)) and found.form.ids:
            agreed = all(c.id in found.form.ids for c in _named(lst, [f"{scheme}:{c}" for c in extra]))
            known = len(_named(lst, [f"{scheme}:{c}" for c in extra])) == len(extra)
            if agreed and known:
                return _settled(label, lst, found, codes)
    pieces = [p for p in _SEPARATORS.split(text) if parts(p)]
    if len(pieces) < 2:
        return None
    found_pieces = [index_of(lst).look_up(p) for p in pieces]
    named = [f for f in found_pieces if f and f.form.ids]
    if len(named) < len(pieces) or dangling(label):
        return None
    lowest = _lowest(lst, [f.form for f in named])
    if lowest is None:
        why = "names more than one: " + ", ".join(sorted({f.form.key for f in named}))
        found_names = tuple(candidate_of(match_of(lst, f.form, f.step)) for f in named)
        return Outcome(label, lst.id, "review", why=why, candidates=found_names)
    step = "and ".join(repr(p.strip()) + " " for p in pieces).strip()
    return _settled(label, lst, Found(lowest, f"each piece by itself: {step}"), codes)


def _lowest(lst: NameList, forms: list[Form]) -> Form | None:
    """The form whose name all others name too, or are above; the surest one for that name."""
    ids = {f.ids for f in forms}
    for form in sorted(forms, key=lambda f: list(Status).index(f.status)):
        others = [i for i in ids if i != form.ids]
        above = lst.ancestors(form.ids[0]) if len(form.ids) == 1 else frozenset()
        if all(len(o) == 1 and o[0] in above for o in others):
            return form
    return None


# -- the label is near something ----------------------------------------------------------------------------------------


def _fuzzy(label: str, lst: NameList, taken: frozenset[str]) -> Outcome:
    text, codes = _codes(label, lst)
    evidence = [e for e in (weigh(text, lst) if parts(text) else []) if taken.isdisjoint(e.form.ids)]
    limits = lst.settings.thresholds
    candidates = tuple(weighed(lst, e) for e in evidence[:_SHOWN] if e.score > 0)
    real = [e for e in evidence if e.form.ids]
    if not real or real[0].score < limits.review:
        return Outcome(label, lst.id, "refused", why="no name is near enough", candidates=candidates)
    best = evidence[0]
    if not best.form.ids:
        far = best.score >= limits.accept > real[0].score
        status: OutcomeStatus = "refused" if far else "review"
        return Outcome(
            label, lst.id, status, why=f"nearest to something else: {best.form.text!r}", candidates=candidates
        )
    runner_up = next((e for e in evidence[1:]), None)
    margin = best.score - (runner_up.score if runner_up else 0.0)
    doubt = _doubt(lst, best, margin, codes, label)
    if doubt:
        return Outcome(label, lst.id, "review", why=doubt, candidates=candidates)
    rule = f"{best.reading}: {best.form.rule()}"
    match = match_of(lst, best.form, "")
    shown = runner_up.form.key.removeprefix("~") if runner_up else None
    match = replace(match, how="fuzzy", score=round(best.score, 1), margin=round(margin, 1), rule=rule, runner_up=shown)
    return Outcome(label, lst.id, "accepted", match, why=rule, candidates=candidates)


def _doubt(lst: NameList, best: Evidence, margin: float, codes: tuple[str, ...], label: str) -> str:
    """Why the best candidate is not accepted; empty where it is."""
    limits = lst.settings.thresholds
    reasons = (
        (best.form.status is Status.HINT, f"only a hint: {best.form.rule()}"),
        (not best.explained, "a word of the label is not explained by the name"),
        (best.score < limits.accept, f"score {best.score:.0f}, needed {limits.accept:.0f}"),
        (
            margin < (limits.margin if best.score < _CERTAIN else _SOME),
            f"margin {margin:.0f} to the runner-up, needed {limits.margin:.0f}",
        ),
        (
            dangling(label) and best.reading != "cut off" and _begins_others(label, best.form, lst),
            "the label stops halfway",
        ),
        (any(c.id not in best.form.ids for c in _named(lst, codes)), f"a code in {label!r} speaks of another name"),
    )
    return next((why for doubtful, why in reasons if doubtful), "")
