-- How many statements are there of each indicator and entity, and what is the last day that one of them describes?
-- Figures that agree on period, value and qualifier under joined wordings are one statement.
SELECT indicator, entity, count(*), max(period_end)
FROM (SELECT DISTINCT indicator, entity, period_start, period_end, value, qualifier, wording FROM worded)
GROUP BY indicator, entity
ORDER BY indicator, entity
