"""The headline indicators, row by row: what a city office must get out of the shipped figures."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecast import Refusal, project
from forecast.sentences import tell
from forecast.workflow import course
from forecast.workflow.opening import open_store
from forecast.workflow.project import Projected, Refused, Request, project_all

END = date(2030, 12, 31)


@pytest.fixture(scope="session")
def projected(seeded: Path) -> Any:
    made: dict[tuple[str, str], Projected] = {}

    def get(indicator: str, **options: Any) -> Projected:
        key = (indicator, repr(sorted(options.items())))
        if key not in made:
            made[key] = project(indicator, warehouse=seeded, **options)
        return made[key]

    return get


def codes(result: Projected) -> set[str]:
    return {n.code for n in result.notes}


def median(result: Projected) -> float:
    return result.projection.quantile(0.5)


def width(result: Projected, level: float = 80, on: int = -1) -> float:
    low, high = result.projection.interval(level, on)
    return high - low


MODELS = pytest.mark.parametrize("model", ["reference", "pooled_drift"])


@MODELS
def test_intl_orgs_rests_on_three_figures_two_of_them_stated(projected: Any, model: str) -> None:
    result = projected("intl_orgs", model=model)
    assert [p.value for p in result.evidence.series.points] == [96, 113, 127]
    assert (len(result.evidence.used), result.evidence.n_stated) == (3, 2)
    assert result.projection.dates[-1] == END
    assert 140 <= median(result) <= 170
    assert 15 <= width(result) <= 90
    assert {"derived_figure", "as_of_unstated", "definitions_joined"} <= codes(result)


@MODELS
@pytest.mark.parametrize(("indicator", "first", "last"), [("sister_cities", 260, 287), ("regional_hq", 226, 271)])
def test_a_cumulative_pair_lies_between_no_change_and_the_last_pace(
    projected: Any, model: str, indicator: str, first: float, last: float
) -> None:
    result = projected(indicator, model=model)
    assert [p.value for p in result.evidence.series.points] == [first, last]
    days = (date(2025, 10, 14) - date(2023, 6, 26)).days
    carried_on = last + (last - first) / days * (END - date(2025, 10, 14)).days
    assert last <= median(result) <= carried_on
    assert width(result, 50) > 0


@MODELS
@pytest.mark.parametrize(
    "indicator",
    [
        "intl_orgs",
        "sister_cities",
        "regional_hq",
        "fortune500_hq",
        "inbound_trips",
        "border_crossings",
        "foreign_enterprises",
    ],
)
def test_bands_widen_with_each_year(projected: Any, model: str, indicator: str) -> None:
    result = projected(indicator, model=model)
    for level in (50, 80, 95):
        widths = [width(result, level, on) for on in range(len(result.projection.dates))]
        assert widths == sorted(set(widths))


@MODELS
def test_bands_widen_when_an_observation_is_taken_away(projected: Any, model: str) -> None:
    from dataclasses import replace

    from forecast import models

    series = projected("intl_orgs", model=model).evidence.series
    fewer = replace(series, points=series.points[1:])
    one = replace(series, points=series.points[2:])
    widths = [
        (lambda i: i[1] - i[0])(models.get(model).fit(s).project([END]).interval(80)) for s in (series, fewer, one)
    ]
    assert widths[0] < widths[1] < widths[2]


def test_fortune500_hq_is_keyed_on_the_list_year_and_says_that_the_rank_did_not_move(projected: Any) -> None:
    result = projected("fortune500_hq")
    assert [(p.when, p.value) for p in result.evidence.series.points] == [
        (date(2022, 12, 31), 54),
        (date(2025, 12, 31), 47),
    ]
    assert result.evidence.series.kind == "noisy_count"
    assert result.projection.values.max() <= 500
    assert "about_indicator" in codes(result)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_published_after_the_day_asked_for_is_told_in_remarks_of_today_alone(seeded: Path, lang: str) -> None:
    with open_store(seeded) as store:
        found = project_all(store, Request(to="2024"), date(2024, 1, 1))
    notes = [n for r in found for n in (r.notes if isinstance(r, Projected) else (r.reason,))]
    later = [text for n in notes if "2025" in (text := tell(n, lang))]
    assert len(later) > 3
    told = {"en": "Our remark, made with all we know by now", "zh": "我方说明（依据迄今全部所知）"}[lang]
    assert all(text.startswith(told) for text in later)


@pytest.mark.parametrize(
    ("indicator", "model", "en", "zh"),
    [
        ("fortune500_hq", "reference", "little of the recent fall", "近来的下降势头难以延续"),
        ("fortune500_hq", "linear", "on the present course", "按目前走势"),
        ("intl_orgs", "reference", "on the present course", "按目前走势"),
        ("national_opening_up_platforms", "reference", "on the present course", "按目前走势"),
    ],
)
def test_a_course_is_called_present_only_where_the_last_pace_goes_on(
    projected: Any, indicator: str, model: str, en: str, zh: str
) -> None:
    result = projected(indicator, model=model)
    for said, words in ((course.of_report, (en, zh)), (course.of_chart, (en, zh))):
        for lang, expected in zip(("en", "zh"), words, strict=True):
            assert expected in said(result, lang)[:1].lower() + said(result, lang)[1:]


@pytest.mark.parametrize(("indicator", "last"), [("inbound_trips", 3_210_000), ("border_crossings", 4_850_000)])
def test_a_rebound_rests_on_2024_alone_and_says_so(projected: Any, indicator: str, last: float) -> None:
    result = projected(indicator)
    assert [p.value for p in result.evidence.series.points] == [last]
    assert {"rebound_left_out", "rests_on_one"} <= codes(result)
    assert median(result) < 2 * last


def test_foreign_enterprises_takes_the_newest_definition_alone_and_names_what_it_will_not_join(projected: Any) -> None:
    result = projected("foreign_enterprises")
    assert [(p.value, p.low, p.high) for p in result.evidence.series.points] == [(35000, 35000, None)]
    break_note = next(n for n in result.notes if n.code == "definition_break")
    assert "50,000" in str(break_note.params["left_out"])
    assert {"bound_closed", "rests_on_one"} <= codes(result)
    with pytest.raises(Refusal) as caught:
        projected("foreign_enterprises", definition="all")
    assert "50,000" in str(caught.value)
    assert "35,000" in str(caught.value)


@pytest.mark.parametrize("indicator", ["fortune500_rank", "iec_index_world_rank", "iec_index_china_rank"])
def test_a_rank_is_refused_and_the_right_command_is_named(projected: Any, indicator: str) -> None:
    with pytest.raises(Refusal, match="forecast rank"):
        projected(indicator)


def test_a_district_is_never_mixed_into_the_city(projected: Any) -> None:
    district = projected("regional_hq", entity="chaoyang")
    assert [(p.value, p.high) for p in district.evidence.series.points] == [(170, None)]


def test_a_total_over_years_becomes_the_plans_total_and_no_level(projected: Any) -> None:
    result = projected("new_foreign_invested_enterprises")
    assert result.window is not None
    assert (result.window.start, result.window.end) == (date(2026, 1, 1), END)
    assert result.projection.dates == (END,)
    assert "window_rate" in codes(result)
    assert 4_000 < median(result) < 20_000


def test_nothing_published_later_is_used_on_an_earlier_day(projected: Any) -> None:
    result = projected("intl_orgs", as_of=date(2024, 1, 1))
    assert [p.value for p in result.evidence.series.points] == [113]


def test_every_indicator_is_a_row_or_a_reason_and_the_numbers_are_the_same(seeded: Path, projected: Any) -> None:
    with open_store(seeded) as store:
        rows = project_all(store, Request(), None)
        indicators = set(store.catalogue().indicators)
    assert {r.indicator.slug for r in rows} == indicators
    for row in rows:
        if isinstance(row, Refused):
            assert row.reason.code
            continue
        assert (row.projection.values[:, 1:] >= row.projection.values[:, :-1]).all(), row.indicator.slug
        assert all(width(row, level) > 0 for level in (50, 80, 95)), row.indicator.slug
        if row.entity.slug == "beijing" and row.indicator.slug in ("intl_orgs", "sister_cities", "inbound_trips"):
            alone = projected(row.indicator.slug)
            assert (alone.projection.values == row.projection.values).all()


def test_the_json_of_the_main_job_has_what_is_promised(run: Any) -> None:
    done = run("project", "--indicator", "intl_orgs", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"indicator", "entity", "definition", "unit", "kind", "model", "n_observations", "n_stated", "as_of",
            "observations", "forecast", "trends", "notes"} <= set(told)  # fmt: skip
    assert told["n_observations"] == 3
    assert told["n_stated"] == 2
    quantiles = {row["output_type_id"] for row in told["forecast"]}
    assert quantiles == {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975}
    assert {row["target_date"] for row in told["forecast"]} == {f"{y}-12-31" for y in range(2025, 2031)}
    assert [t["model"] for t in told["trends"]] == ["linear", "loglinear", "drift", "local_linear", "damped", "theta"]
    first = told["observations"][0]
    assert first["nature"] == "derived"
    assert len(first["derived_from"]) == 2
    assert first["formula"]
    assert all(set(n) == {"code", "text"} for n in told["notes"])


def test_as_stated_means_the_words_of_the_source_wherever_it_is_printed(run: Any) -> None:
    for command in ("project", "history"):
        row = next(line for line in run(command, "intl_orgs").stdout.splitlines() if "2020-12-31  " in line)
        assert "127; 32%" in row
        assert "127 / 1.32" not in row
    assert "96 (2020-12-31) is derived (127 / 1.32)" in run("project", "intl_orgs").stdout


@pytest.mark.parametrize(
    ("lang", "heading"),
    [
        ("en", "End of the 15th Five-Year Plan (2030-12-31): projected, not an official target"),
        ("zh", "“十五五”末（2030年）预测值，非官方目标"),
    ],
)
def test_the_last_row_says_that_it_is_no_official_target(run: Any, lang: str, heading: str) -> None:
    assert heading in run("project", "intl_orgs", "--lang", lang).stdout
    assert heading in run("project", "--all", "--lang", lang).stdout


def test_the_same_store_and_command_give_the_same_bytes(run: Any) -> None:
    for form in ("table", "json", "csv"):
        first, second = (run("project", "intl_orgs", "--format", form).stdout for _ in range(2))
        assert first == second


def test_an_untranslated_sentence_never_reaches_a_chinese_reader(run: Any) -> None:
    import re

    said = run("project", "--all", "--lang", "zh").stdout
    assert not re.findall(r"\b(the|projected|because|figure|with)\b", said)
