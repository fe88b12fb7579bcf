-- What does the warehouse already say about what the new figures of a table are about, under comparable wordings? One
-- row for each new figure and each live statement it meets; several reports of a statement are told by the earliest.
-- table_wording has the first of the wordings that are joined with one.
CREATE OR REPLACE TEMP TABLE table_meetings AS
WITH fresh AS (
    SELECT r.*, coalesce(w.first_slug, r.definition) AS wording
    FROM table_rows r
    JOIN table_ids i ON i.line = r.line AND NOT i.known
    LEFT JOIN table_wording w ON w.indicator = r.indicator AND w.definition = r.definition
),
live AS (
    SELECT o.*, coalesce(w.first_slug, o.definition) AS wording,
        row_number() OVER (ORDER BY o.published, o.entry, o.id) AS place
    FROM observation o
    LEFT JOIN table_wording w ON w.indicator = o.indicator AND w.definition = o.definition
    SEMI JOIN fresh f ON f.indicator = o.indicator AND f.entity = o.entity
        AND f.period_start = o.period_start AND f.period_end = o.period_end
    WHERE o.action <> 'retract' AND NOT EXISTS (SELECT 1 FROM observation r WHERE r.supersedes = o.id)
),
statement AS (
    SELECT *, min(place) OVER (PARTITION BY indicator, entity, period_start, period_end, value, qualifier, wording)
        AS told_at
    FROM live
    QUALIFY row_number() OVER (PARTITION BY indicator, entity, period_start, period_end, value, qualifier, wording
        ORDER BY published, nature <> 'stated', place) = 1
)
SELECT f.line, s.id, s.source, s.value = f.value AND s.qualifier = f.qualifier AS agrees, s.told_at
FROM fresh f
JOIN statement s ON s.indicator = f.indicator AND s.entity = f.entity AND s.wording = f.wording
    AND s.period_start = f.period_start AND s.period_end = f.period_end
