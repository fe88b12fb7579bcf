-- What do two documents say that a comparison of them can need? Of each indicator, entity and wording the newest figure
-- that each states, and every figure about the very period of the newest one in the other document.
WITH said AS (
    SELECT id, indicator, entity, definition, period_start, period_end, source,
        row_number() OVER (PARTITION BY indicator, entity, source, definition
            ORDER BY period_end DESC, published DESC, period_start, entry, id) AS place,
        row_number() OVER (PARTITION BY indicator, entity, source
            ORDER BY period_end DESC, published DESC, period_start, entry, id) AS place_of_all
    FROM standing
    WHERE live AND nature = 'stated' AND source IN (SELECT unnest($sources))
),
needed AS (
    SELECT id FROM said WHERE place = 1
    UNION
    SELECT a.id FROM said a
    JOIN said b ON b.place_of_all = 1 AND b.source <> a.source AND b.indicator = a.indicator AND b.entity = a.entity
        AND b.period_start = a.period_start AND b.period_end = a.period_end
)
SELECT * EXCLUDE (entry, live)
FROM standing
WHERE source IN (SELECT unnest($sources)) AND id IN (SELECT id FROM needed)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
