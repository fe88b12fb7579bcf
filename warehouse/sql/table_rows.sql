-- Which figures does a table hold? table_figure has numbers where the small tables beside it have words and days.
CREATE OR REPLACE TEMP VIEW table_rows AS
SELECT f.line, a.indicator, e.slug AS entity, a.definition, d.period_start, d.period_end, f.value, f.low, f.high,
    t.text AS as_stated, s.qualifier, s.nature, a.measure, d.basis, d.as_of_low::DATE AS as_of_low,
    d.as_of_high::DATE AS as_of_high, coalesce(x.locator, concat(p.name, '!', c.letters, f.in_row)) AS locator, a.phrase,
    s.note
FROM table_figure f
JOIN table_about a ON a.code = f.about
JOIN table_entity e ON e.code = f.entity
JOIN table_days d ON d.code = f.days
JOIN table_standing s ON s.code = f.standing
JOIN table_text t ON t.code = f.stated
JOIN table_column c ON c.code = f.in_column
LEFT JOIN table_elsewhere x ON x.number = f.number
CROSS JOIN table_place p
