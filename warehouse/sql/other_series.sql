-- What figures stand of the series of several figures that are not plain, the smallest series first?
SELECT w.* EXCLUDE (entry, live, wording)
FROM worded w
JOIN (
    SELECT indicator, entity, count(*) AS figures
    FROM worded
    WHERE indicator IN (SELECT unnest($indicators))
    GROUP BY indicator, entity
    HAVING count(*) > 1
) s ON s.indicator = w.indicator AND s.entity = w.entity
ANTI JOIN plain p ON p.indicator = w.indicator AND p.entity = w.entity
ORDER BY s.figures, w.indicator, w.entity, w.period_end, w.period_start, w.published, w.entry, w.id
