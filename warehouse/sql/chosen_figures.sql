-- Which figures come from these sources, have these ids or one that begins so, or are derived from others? NULL leaves a
-- question out.
SELECT * EXCLUDE (entry, live)
FROM standing
WHERE ($sources IS NULL OR source IN (SELECT unnest($sources)))
  AND ($ids IS NULL OR id IN (SELECT unnest($ids)))
  AND ($beginning IS NULL OR starts_with(id, $beginning))
  AND ($derived IS NULL OR (len(derived_from) > 0) = $derived)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
