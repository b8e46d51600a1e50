"""Pandera schemas of a topic's tidy figures: types, names, statuses, unique ids, and totals as checks on the whole frame."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import pandera.pandas as pa
import simplejson
from pandera import extensions

from pv_extract.checks.judged import Judged
from pv_extract.checks.totals import judge_table
from pv_extract.findings import ConfigurationError
from pv_extract.frames import number, tables_of
from pv_extract.languages import load_language
from pv_extract.model import ObsStatus
from pv_extract.names import NameList, load_lists
from pv_extract.shipped import schemas_folder
from pv_extract.topics import Spec, Topic, TotalsOf, load, pick

_EXPORTS = ("yaml", "json", "python")


def build(
    topic: Topic | str, *, topics: Mapping[str, Topic] | None = None, lists: Mapping[str, NameList] | None = None
) -> dict[str, pa.DataFrameSchema]:
    """A `DataFrameSchema` for the figures of each table that the topic declares, by the table's name.

    Each validates a tidy frame (one row per figure, the columns of `tidy.COLUMNS`; more columns are allowed), whole with
    `schema.validate(frame, lazy=True)`: types, the names that the declared list allows, statuses, values that are whole and
    not negative where figures are counts, unique figure ids, and every total held to its rule.

    Raises:
        ConfigurationError: for a topic that does not exist, or one that declares a list that does not.
    """
    known = topics or (load([schemas_folder()]) if isinstance(topic, str) else {})
    chosen = pick(known, topic) if isinstance(topic, str) else topic
    names = lists or load_lists([schemas_folder()])
    return {spec.id: _schema(chosen, spec, names) for spec in chosen.tables}


def export(schema: pa.DataFrameSchema, format: str) -> str:  # noqa: A002 - the word for it
    """The schema as YAML, JSON or Python source, registered checks included.

    Raises:
        ConfigurationError: for another format.
    """
    if format not in _EXPORTS:
        raise ConfigurationError(f"format {format!r}: expected one of {', '.join(_EXPORTS)}")
    if format == "python":
        try:
            return str(schema.to_script())
        except ImportError as error:
            raise ConfigurationError(
                "format 'python': expected black to be installed (pip install 'pv-extract[schema]')"
            ) from error
    return str(schema.to_yaml() if format == "yaml" else schema.to_json())


def together(schemas: Mapping[str, pa.DataFrameSchema], format: str) -> str:  # noqa: A002 - the word for it
    """Several schemas as one text by the name of their table: YAML documents, one JSON object, or one Python module.

    Raises:
        ConfigurationError: for another format.
    """
    made = {name: export(schema, format) for name, schema in schemas.items()}
    if format == "json":
        return (
            simplejson.dumps(
                {name: simplejson.loads(text) for name, text in made.items()}, indent=1, ensure_ascii=False
            )
            + "\n"
        )
    if format == "yaml":
        return "".join(f"---\n# {name}\n{text}" for name, text in made.items())
    return "import pv_extract.schemas  # registers its checks\n\n" + "\n".join(
        f"# {name}\n{text}\n{name} = schema\n" for name, text in made.items()
    )


def _schema(topic: Topic, spec: Spec, lists: Mapping[str, NameList]) -> pa.DataFrameSchema:
    if spec.rows.list not in lists:
        raise ConfigurationError(
            f"topic {topic.id}: table {spec.id} has rows of the list {spec.rows.list!r}; expected one of {', '.join(sorted(lists))}"
        )
    totals = spec.totals
    return pa.DataFrameSchema(
        columns=dict(_columns(spec, sorted(lists[spec.rows.list].names))),
        checks=[
            pa.Check.has_figures(at_least=1),
            pa.Check.totals_hold(rule=totals.rule, because=totals.because, at_most_in=totals.at_most_in or 0),
            *([pa.Check.has_total(label=totals.label)] if totals.label else []),
        ],
        name=f"{topic.id}.{spec.id}",
        title=spec.id,
        description=f"{topic.title}: {spec.unit}; totals by rule {totals.rule}: {totals.because}",
        strict=False,
    )


def _columns(spec: Spec, names: Sequence[str]) -> Iterator[tuple[str, pa.Column]]:
    yield "figure_id", pa.Column(object, pa.Check.nonempty_text(), unique=True, required=False)
    yield "label", pa.Column(object, pa.Check.nonempty_text())
    yield "column", pa.Column(object, pa.Check.nonempty_text())
    yield "is_total", pa.Column(object, required=False, nullable=True)
    yield "ref_id", pa.Column(object, pa.Check.isin(names), nullable=True, required=False)
    yield "ref_list", pa.Column(object, pa.Check.isin([spec.rows.list]), nullable=True, required=False)
    yield "obs_status", pa.Column(object, pa.Check.isin([s.value for s in ObsStatus]), required=False)
    value = pa.Check.whole_count() if spec.whole else pa.Check.exact_number()
    yield "obs_value", pa.Column(object, value, nullable=True)
    if spec.columns.kind:
        yield "time_period", pa.Column(object, pa.Check.nonempty_text(), nullable=True, required=False)
    yield "unit_measure", pa.Column(object, nullable=True, required=False)


def as_objects(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column as objects: types are judged value by value, so that a frame from elsewhere needs no cast."""
    made = frame.astype(object)
    return made.where(made.notna(), None)


def _register() -> None:
    """Checks that pandera knows by name, so that an exported schema keeps them and can be read again."""

    @extensions.register_check_method(check_type="vectorized")  # type: ignore[untyped-decorator]
    def nonempty_text(series: pd.Series) -> pd.Series:
        return series.map(lambda value: isinstance(value, str) and bool(value.strip())).astype(bool)

    @extensions.register_check_method(check_type="vectorized")  # type: ignore[untyped-decorator]
    def exact_number(series: pd.Series) -> pd.Series:
        return series.map(lambda value: number(value) is not None).astype(bool)

    @extensions.register_check_method(check_type="vectorized")  # type: ignore[untyped-decorator]
    def whole_count(series: pd.Series) -> pd.Series:
        return series.map(_is_count).astype(bool)

    @extensions.register_check_method(statistics=["at_least"], check_type="vectorized")  # type: ignore[untyped-decorator]
    def has_figures(frame: pd.DataFrame, *, at_least: int) -> bool:
        return "obs_value" in frame and int(frame["obs_value"].notna().sum()) >= at_least

    @extensions.register_check_method(statistics=["label"], check_type="vectorized")  # type: ignore[untyped-decorator]
    def has_total(frame: pd.DataFrame, *, label: str) -> bool:
        return bool(label) and "is_total" in frame and bool(frame["is_total"].map(_true).any())

    @extensions.register_check_method(statistics=["rule", "because", "at_most_in"], check_type="vectorized")  # type: ignore[untyped-decorator]
    def totals_hold(frame: pd.DataFrame, *, rule: str, because: str, at_most_in: int) -> pd.Series:
        wrong = {key for judged in judge_frame(frame, rule, because, at_most_in) for key in _wrong(judged)}
        keys = zip(frame["label"], frame["column"], strict=True)
        return pd.Series([(label, column) not in wrong for label, column in keys], index=frame.index, dtype=bool)


def _true(value: object) -> bool:
    return str(value).lower() == "true"


def _is_count(value: object) -> bool:
    read = number(value)
    return read is not None and read >= 0 and read == int(read)


def judge_frame(frame: pd.DataFrame, rule: str, because: str, at_most_in: int = 0) -> tuple[Judged, ...]:
    """Every total of a tidy frame held to one rule, by the same engine that judges documents."""
    language = load_language("nl")
    declared = TotalsOf.model_validate({"rule": rule, "because": because, "at_most_in": at_most_in or None})
    return tuple(
        judged for table in tables_of(frame, language) for judged in judge_table(table, declared, language).judged
    )


def _wrong(judged: Judged) -> Iterator[tuple[str, str]]:
    """(label, column) of each total that is off and leaves no doubt."""
    for k, holding in enumerate(judged.holdings):
        if holding.verdict == "off" and not judged.doubt and not judged.inferred:
            here = (judged.total.label, judged.sheet.across[k])
            yield here if judged.sheet.by_rows else (here[1], here[0])


_register()
