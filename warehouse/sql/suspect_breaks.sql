-- Where an indicator of an entity is counted under several wordings: what is the newest figure of each?
WITH several AS (
    SELECT indicator, entity FROM worded GROUP BY indicator, entity HAVING min(wording) < max(wording)
),
newest AS (
    SELECT id FROM worded SEMI JOIN several USING (indicator, entity)
    QUALIFY row_number() OVER (PARTITION BY indicator, entity, wording
        ORDER BY period_end DESC, period_start, published, entry, id) = 1
)
SELECT * EXCLUDE (entry, live, wording)
FROM worded
WHERE id IN (SELECT id FROM newest)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
