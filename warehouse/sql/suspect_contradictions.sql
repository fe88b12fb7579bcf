-- Which figures are about the same indicator, entity and period under joined wordings, where no one number could be
-- what all of them mean?
WITH disputed AS (
    SELECT indicator, entity, period_start, period_end, wording
    FROM worded
    GROUP BY indicator, entity, period_start, period_end, wording
    HAVING max(coalesce(low, '-infinity'::DOUBLE)) > min(coalesce(high, 'infinity'::DOUBLE))
)
SELECT * EXCLUDE (entry, live, wording)
FROM worded
SEMI JOIN disputed USING (indicator, entity, period_start, period_end, wording)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
