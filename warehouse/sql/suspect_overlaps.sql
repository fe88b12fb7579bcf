-- Which totals share days with others, in runs of overlapping spans that are not all calendar months, quarters,
-- half-years and years? Of several figures for one span under one wording the one whose id comes first.
WITH flows AS (
    SELECT indicator, entity, definition, period_start, period_end, min(id) AS id
    FROM standing WHERE live AND measure = 'flow'
    GROUP BY indicator, entity, definition, period_start, period_end
),
spans AS (
    SELECT DISTINCT indicator, entity, period_start, period_end,
        datediff('month', period_start, period_end) + 1 AS months
    FROM flows
),
marked AS (
    SELECT *,
        day(period_start) = 1 AND day(period_end + 1) = 1 AND months IN (1, 3, 6, 12)
            AND (month(period_start) - 1) % months = 0 AS calendar,
        coalesce(period_start > max(period_end) OVER (PARTITION BY indicator, entity ORDER BY period_start, period_end
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS begins_run
    FROM spans
),
runs AS (
    SELECT *, sum(begins_run::INTEGER) OVER (PARTITION BY indicator, entity ORDER BY period_start, period_end) AS run
    FROM marked
),
overlapping AS (
    SELECT * FROM runs
    QUALIFY count(*) OVER (PARTITION BY indicator, entity, run) > 1
        AND NOT bool_and(calendar) OVER (PARTITION BY indicator, entity, run)
)
SELECT * EXCLUDE (entry, live)
FROM standing
WHERE live AND id IN (
    SELECT id FROM flows SEMI JOIN overlapping USING (indicator, entity, period_start, period_end)
)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
