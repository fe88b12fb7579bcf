-- Which series of several figures are not plain, and how many figures have they and all smaller ones?
CREATE OR REPLACE TEMP TABLE other AS
SELECT indicator, entity, count(*) AS figures, sum(count(*)) OVER (ORDER BY count(*), indicator, entity) AS so_far
FROM worded
ANTI JOIN plain USING (indicator, entity)
WHERE indicator IN (SELECT unnest($indicators))
GROUP BY indicator, entity
HAVING count(*) > 1
