-- Write the figures of a table that the warehouse lacks.
INSERT INTO observation
SELECT i.id, r.indicator, r.entity, r.definition, r.period_start, r.period_end, r.value, r.low, r.high, r.as_stated,
    $source, $published, r.qualifier, r.nature, r.measure, r.basis, r.as_of_low, r.as_of_high, []::VARCHAR[], '',
    r.locator, r.phrase, '', r.note, 'append', '', $author, '', $entry
FROM table_rows r
JOIN table_ids i ON i.line = r.line AND NOT i.known
ORDER BY r.indicator, r.entity, r.period_end, r.line
