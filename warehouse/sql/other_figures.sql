-- What figures stand of the series that are not plain, of the smallest ones up to $most figures in all?
SELECT w.* EXCLUDE (entry, live, wording)
FROM worded w
SEMI JOIN (SELECT * FROM other WHERE $most IS NULL OR so_far <= $most) s USING (indicator, entity)
ORDER BY w.indicator, w.entity, w.period_end, w.period_start, w.published, w.entry, w.id
