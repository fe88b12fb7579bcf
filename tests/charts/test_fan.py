from __future__ import annotations

import itertools
import json
import math
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from chart_samples import ORGANIZATIONS, PROBS, projection, rows_of, seen, texts

from charts import symbols, theme
from charts.errors import BadColumn, TooMuchText

GOLDEN = Path(__file__).parent / "golden"


def outline(spec: dict[str, Any]) -> str:
    """A chart as a few lines: page, then a line per layer with its mark, what it encodes, and its rows."""
    lines = [f"{spec['width']}x{spec['height']} in {json.dumps(spec['padding'], sort_keys=True)}"]
    for layer in spec["layer"]:
        data = layer["data"]
        rows = data["values"] if "values" in data else spec["datasets"][data["name"]]
        mark = " ".join(f"{k}={layer['mark'][k]}" for k in ("type", "shape", "fill", "color") if k in layer["mark"])
        fields = ",".join(f"{k}:{v['field']}" for k, v in sorted(layer["encoding"].items()) if "field" in v)
        lines.append(f"{mark} [{fields}]")
        for row in rows:
            short = {k: f"{v:.5g}" if isinstance(v, float) else v for k, v in sorted(row.items())}
            lines.append("  " + " ".join(f"{k}={v}" for k, v in short.items()))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_headline_chart_is_built_as_recorded(draw: Any, lang: str) -> None:
    file = GOLDEN / f"fan_{lang}.txt"
    found = outline(draw(lang, target={"value": 170, "label": None}).to_dict())
    assert found == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_band_is_named_with_its_probability_and_end_values(draw: Any, lang: str) -> None:
    words = texts(draw(lang).to_dict())
    for level, low in ((50, 0.25), (80, 0.1), (95, 0.025)):
        ends = [round(157 + PROBS[p] * 4 * math.sqrt(5)) for p in (low, 1 - low)]
        assert any(re.fullmatch(rf"{level}%.*\D{ends[0]}[–—]{ends[1]}", text) for text in words), (level, ends)
    assert any(text in {"median 157", "中位数 157"} for text in words)


def test_bands_start_from_the_last_observation_and_end_at_their_quantiles(draw: Any) -> None:
    spec = draw().to_dict()
    areas = [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert len(areas) == 3
    for layer, low in zip(areas, (0.025, 0.1, 0.25), strict=True):
        rows = spec["datasets"][layer["data"]["name"]]
        assert (rows[0]["date"], rows[0]["low"], rows[0]["high"]) == ("2025-10-14", 127, 127)
        assert rows[-1]["low"] == pytest.approx(157 + PROBS[low] * 4 * math.sqrt(5))
        assert rows[-1]["high"] == pytest.approx(157 - PROBS[low] * 4 * math.sqrt(5))


def test_a_median_alone_gets_a_line_and_no_band(draw: Any) -> None:
    only = [row for row in projection(127, 6, 4) if row["output_type_id"] == 0.5]
    spec = draw(forecast=only).to_dict()
    assert not [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert "median 157" in texts(spec)
    assert not any("%" in text for text in texts(spec))


def test_dates_are_real_and_mean_the_same_everywhere(draw: Any) -> None:
    spec = draw().to_dict()
    scales = [
        channel["scale"]
        for layer in spec["layer"]
        for name, channel in layer["encoding"].items()
        if name == "x" and channel.get("type") == "temporal"
    ]
    assert scales
    assert all(scale["type"] == "utc" for scale in scales)
    assert all(end["utc"] for scale in scales for end in scale["domain"])


@pytest.mark.parametrize(
    ("point", "shape", "filled"),
    [
        (seen("2025-10-14", 170), "circle", True),
        (seen("2025-10-14", 170, nature="derived"), "circle", False),
        (seen("2025-10-14", 170, nature="inferred"), "square", False),
        (seen("2025-10-14", 170, qualifier="about"), "diamond", True),
        (seen("2025-10-14", 170, qualifier="at_least", high=None), symbols.SHAPES["up"], False),
        (seen("2025-10-14", 170, qualifier="at_most", low=None), symbols.SHAPES["down"], False),
    ],
)
def test_each_kind_of_figure_has_its_own_shape_and_fill(draw: Any, point: Any, shape: str, filled: bool) -> None:
    spec = draw(observations=[point]).to_dict()
    ink = theme.INK if filled else theme.PAPER
    drawn = [row for row in rows_of(spec, shape=shape, fill=ink) if "date" in row]
    assert [(row["date"], row["value"]) for row in drawn] == [("2025-10-14", 170)]


def test_the_key_lists_only_the_kinds_present(draw: Any) -> None:
    words = texts(draw().to_dict())
    assert "stated figure" in words
    assert "derived figure" in words
    assert not {"approximate figure", "lower bound, open above", "low to high"} & set(words)


def test_bars_show_low_to_high_and_ranges_of_dates(draw: Any) -> None:
    wide = seen("2025-10-14", 127, low=110, high=140, date_low="2025-01-01", date_high="2025-10-14")
    spec = draw(observations=[wide]).to_dict()
    assert {"date": "2025-10-14", "low": 110, "high": 140} in rows_of(spec, type="rule")
    assert {"value": 127, "from": "2025-01-01", "to": "2025-10-14"} in rows_of(spec, type="rule")
    assert {"low to high", "possible dates"} <= set(texts(spec))


def test_a_target_is_called_the_users(draw: Any) -> None:
    assert "user's target: 170" in texts(draw(target={"value": 170, "label": None}).to_dict())
    assert "用户设定的目标：170" in texts(draw("zh", target={"value": 170, "label": None}).to_dict())


def test_an_axis_that_does_not_start_at_zero_says_so(draw: Any) -> None:
    assert "organizations (axis does not start at 0)" in texts(draw().to_dict())
    flat = draw(observations=[seen("2025-10-14", 5)], forecast=projection(5, 1, 2)).to_dict()
    assert "organizations" in texts(flat)


def axis_values(spec: dict[str, Any]) -> list[float]:
    axes = [layer["encoding"]["y"]["axis"] for layer in spec["layer"] if layer["encoding"].get("y", {}).get("axis")]
    values: list[float] = axes[0]["values"]
    return values


@pytest.mark.parametrize(("value", "spread"), [(99, 0.3), (95, 2), (60, 9), (0.4, 0.1)])
def test_an_axis_names_no_value_beyond_the_limits_of_what_is_counted(draw: Any, value: float, spread: float) -> None:
    future = [row | {"value": min(max(row["value"], 0), 100)} for row in projection(value, 0.1, spread)]
    given = {"observations": [seen("2025-10-14", value)], "forecast": future, "integers": False}
    values = axis_values(draw(**given, limits=(0, 100)).to_dict())
    assert len(values) > 2
    assert 0 <= min(values) < max(values) <= 100


def test_a_figure_beyond_the_limits_is_still_drawn_with_its_axis(draw: Any) -> None:
    values = axis_values(draw(limits=(0, 100)).to_dict())
    assert max(values) > 127


@pytest.mark.parametrize(("size", "page"), [("page", (960, 540)), ("column", (480, 400)), ("slide", (1920, 1080))])
def test_a_page_has_the_size_it_is_named_for(draw: Any, size: str, page: tuple[int, int]) -> None:
    spec = draw(size=size).to_dict()
    padding = spec["padding"]
    found = (spec["width"] + padding["left"] + padding["right"], spec["height"] + padding["top"] + padding["bottom"])
    assert found == page


def test_a_slide_has_no_text_under_20_px(draw: Any) -> None:
    lines = [{"label": "linear", "points": [("2025-10-14", 127), ("2030-12-31", 160)]}]
    spec = draw(size="slide", trends=lines, target={"value": 170, "label": None}).to_dict()
    sizes = [layer["mark"]["fontSize"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert min([*sizes, spec["config"]["axis"]["labelFontSize"]]) >= 20


def test_long_text_is_wrapped_and_not_cut_off(draw: Any) -> None:
    long = "来源：" + "很长的文件清单，" * 60
    spec = draw("zh", footer=[long], size="column").to_dict()
    assert "".join(long.split()) in "".join(texts(spec))
    assert spec["height"] + spec["padding"]["top"] + spec["padding"]["bottom"] > 400


def test_a_slide_that_cannot_hold_its_text_is_refused(draw: Any) -> None:
    with pytest.raises(TooMuchText):
        draw(size="slide", footer=["word " * 3000])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", ["page", "column", "slide"])
def test_words_at_the_right_end_do_not_overlap_and_stay_on_the_page(draw: Any, size: str, lang: str) -> None:
    from charts.text import width

    lines = [{"label": f"trend {i}", "points": [("2030-12-31", 157 + i / 10)]} for i in range(4)]
    spec = draw(lang, forecast=projection(127, 6, 0.5), trends=lines, size=size).to_dict()
    found = []
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            rows = spec["datasets"][layer["data"]["name"]]
            found += [(r["y"], layer["mark"]["fontSize"], r) for r in rows if r["x"] > spec["width"]]
    found.sort(key=lambda item: item[0])
    assert len(found) == 9
    for (y, height, row), (below, *_) in itertools.pairwise(found):
        assert below - y >= height
        assert row["x"] + width(row["text"], height, bold=True) <= spec["width"] + spec["padding"]["right"]


def test_dates_decimals_and_frames_are_taken_as_they_come(draw: Any) -> None:
    frame = pd.DataFrame(ORGANIZATIONS).assign(date=lambda f: pd.to_datetime(f["date"]))
    odd = [{**row, "date": date.fromisoformat(row["date"]), "value": Decimal(row["value"])} for row in ORGANIZATIONS]
    plain = draw().to_dict()
    table = pd.DataFrame(projection(127, 6, 4))
    assert draw(observations=frame, forecast=table).to_dict() == plain
    assert draw(observations=odd).to_dict() == plain
    periods = [{**ORGANIZATIONS[0], "date": pd.Period("2020", "Y")}, *ORGANIZATIONS[1:]]
    assert draw(observations=periods).to_dict() == plain


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan, "many", None])
def test_what_is_no_finite_number_is_refused(draw: Any, bad: Any) -> None:
    with pytest.raises(BadColumn):
        draw(observations=[seen("2025-10-14", 127), {"date": "2025-12-01", "value": bad}])
    rows = projection(127, 6, 4)
    rows[3] = {**rows[3], "value": bad}
    with pytest.raises(BadColumn):
        draw(forecast=rows)


@pytest.mark.parametrize(
    "bad",
    [
        {"value": 1},
        {"date": "2025-02-30", "value": 1},
        {"date": "2025-02-01", "value": 1, "qualifier": "roughly"},
        {"date": "2025-02-01", "value": 1, "nature": "guessed"},
    ],
)
def test_a_column_that_makes_no_sense_is_refused_by_name(draw: Any, bad: dict[str, Any]) -> None:
    with pytest.raises(BadColumn) as caught:
        draw(observations=[bad])
    assert caught.value.params["column"] in {"date", "qualifier", "nature"}


def test_crossed_quantiles_are_refused(draw: Any) -> None:
    rows = projection(127, 6, 4)
    rows[0], rows[1] = {**rows[0], "value": rows[1]["value"]}, {**rows[1], "value": rows[0]["value"]}
    with pytest.raises(BadColumn) as caught:
        draw(forecast=rows)
    assert caught.value.code == "chart_crossed_quantiles"


def test_nothing_to_draw_is_refused(draw: Any) -> None:
    with pytest.raises(BadColumn):
        draw(observations=[], forecast=[])


def test_figures_without_a_projection_are_drawn_as_what_they_are(draw: Any) -> None:
    spec = draw(observations=[seen("2025-10-14", 42)], forecast=[]).to_dict()
    assert "42" in texts(spec)
    assert not [layer for layer in spec["layer"] if layer["mark"]["type"] in {"area", "line"}]


def test_a_plans_total_stands_as_a_bar_without_history(draw: Any) -> None:
    spec = draw(observations=[], forecast=projection(127, 6, 4, range(2030, 2031))).to_dict()
    assert not [layer for layer in spec["layer"] if layer["mark"]["type"] == "area"]
    assert len([row for row in rows_of(spec, type="rule") if "low" in row]) == 3


def test_text_and_bands_keep_their_contrast() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for ink in (theme.INK, theme.QUIET, theme.MEDIAN, theme.TARGET, theme.TREND):
        assert (1.05) / (light(ink) + 0.05) >= 4.5
    bands = [1.0, *(light(c) for c in theme.bands(3)), light(theme.MEDIAN)]
    assert all((a + 0.05) / (b + 0.05) >= 1.2 for a, b in itertools.pairwise(bands))
