"""What `forecast benchmark --full` prints."""

from __future__ import annotations

import sys

from forecast.cli.language import current
from forecast.cli.options import Format
from forecast.sentences import say, tell

COLUMNS = ("source", "model", "series", "mase", "smape", "mape", "failed", "seconds_per_1000")


def run(models: str, limit: int | None, form: Format) -> None:
    """Sit the exam of whole histories and print its table; what it ran on in JSON."""
    from forecast.cli.show import as_csv, as_json, as_table
    from forecast.workflow.benchmark import benchmark_full

    exam = benchmark_full(models=models, limit=limit)
    if form is Format.json:
        as_json({"series": exam.series, "versions": exam.versions, "rows": list(exam.rows)})
    elif form is Format.csv:
        as_csv(exam.rows, list(exam.rows[0]))
    else:
        rows = [
            [f"{v:.3f}" if isinstance(v, float) else str(v) for v in (row[c] for c in COLUMNS)] for row in exam.rows
        ]
        print(as_table([say(f"column_{c}", current()) for c in COLUMNS], rows, numeric=range(2, len(COLUMNS))))
    for said in exam.notes:
        print(tell(said, current()), file=sys.stderr)
