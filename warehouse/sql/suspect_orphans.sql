-- Which figures name an indicator, entity, definition, source or other figure that the warehouse does not have?
WITH lacking AS (
    SELECT o.*, 1 AS place, 'indicator' AS what, indicator AS name FROM standing o
    WHERE NOT EXISTS (SELECT 1 FROM indicator i WHERE i.slug = o.indicator)
    UNION ALL
    SELECT o.*, 2, 'entity', entity FROM standing o WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.slug = o.entity)
    UNION ALL
    SELECT o.*, 3, 'definition', definition FROM standing o
    WHERE NOT EXISTS (SELECT 1 FROM definition d WHERE d.indicator = o.indicator AND d.slug = o.definition)
    UNION ALL
    SELECT o.*, 4, 'source', source FROM standing o WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.id = o.source)
    UNION ALL
    SELECT o.*, 5, 'supersedes', supersedes FROM standing o
    WHERE supersedes <> '' AND NOT EXISTS (SELECT 1 FROM observation p WHERE p.id = o.supersedes)
    UNION ALL
    SELECT * FROM (SELECT o.*, 6, 'derived_from', unnest(derived_from) AS parent FROM standing o) child
    WHERE NOT EXISTS (SELECT 1 FROM observation p WHERE p.id = child.parent)
)
SELECT id, indicator, what, name
FROM lacking
WHERE name <> '' OR what = 'derived_from'
ORDER BY indicator, entity, period_end, period_start, published, entry, id, place
