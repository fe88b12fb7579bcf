-- Which series need no judgement before a model may see them: one wording, no mark, both bounds known, one figure a day;
-- levels, or totals of calendar years?
CREATE OR REPLACE TEMP TABLE plain AS
SELECT indicator, entity, row_number() OVER (ORDER BY indicator, entity) - 1 AS code
FROM worded
WHERE indicator IN (SELECT unnest($indicators))
GROUP BY indicator, entity
HAVING count(*) > 1 AND min(wording) = max(wording) AND count(DISTINCT period_end) = count(*)
    AND bool_and(flag = '' AND low IS NOT NULL AND high IS NOT NULL)
    AND (bool_and(measure <> 'flow')
        OR bool_and(measure = 'flow' AND strftime(period_start, '%m-%d') = '01-01'
            AND strftime(period_end, '%m-%d') = '12-31' AND year(period_start) = year(period_end)))
