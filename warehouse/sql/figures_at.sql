-- What figures are there about the same indicator, entity and period as any of these?
SELECT * EXCLUDE (entry, live)
FROM standing
SEMI JOIN (
    SELECT unnest($indicators) AS indicator, unnest($entities) AS entity, unnest($starts) AS period_start,
        unnest($ends) AS period_end
) place USING (indicator, entity, period_start, period_end)
ORDER BY indicator, entity, period_end, period_start, published, entry, id
