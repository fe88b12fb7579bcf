-- Which live figure of that indicator and entity describes that period (of that source, where one is named)? Where
-- withdrawn ones are asked for too: else one that stood for it once.
SELECT o.id
FROM observation o
LEFT JOIN (SELECT DISTINCT supersedes FROM observation) r ON r.supersedes = o.id
WHERE o.indicator = $indicator AND o.entity = $entity AND o.period_end = $period_end
  AND ($source = '' OR o.source = $source)
  AND o.action <> 'retract'
  AND ($withdrawn OR r.supersedes IS NULL)
ORDER BY r.supersedes IS NOT NULL, o.published, o.entry, o.id
LIMIT 1
