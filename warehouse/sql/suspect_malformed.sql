-- Which figures contradict themselves in a way that `records.Observation` refuses?
SELECT * EXCLUDE (entry, live)
FROM standing
WHERE NOT list_contains($qualifiers, qualifier) OR NOT list_contains($natures, nature)
    OR NOT list_contains($measures, measure) OR NOT list_contains($actions, action)
    OR NOT isfinite(value) OR NOT isfinite(low) OR NOT isfinite(high) OR low > value OR high < value
    OR period_start > period_end OR published < period_start
    OR (period_end > published AND NOT starts_with(basis, 'edition'))
ORDER BY indicator, entity, period_end, period_start, published, entry, id
