-- Which figures does their source itself mark as a break in the series, with earlier ones under the same wording?
WITH first_days AS (
    SELECT indicator, entity, definition, min(period_end) AS first_day
    FROM standing WHERE live
    GROUP BY indicator, entity, definition
)
SELECT s.* EXCLUDE (entry, live)
FROM standing s
JOIN first_days f ON f.indicator = s.indicator AND f.entity = s.entity AND f.definition = s.definition
WHERE s.live AND contains(s.note, 'status b:') AND s.period_end > f.first_day
ORDER BY s.indicator, s.entity, s.definition, s.period_end, s.period_start, s.published, s.entry, s.id
