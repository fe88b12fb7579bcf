-- Which of the meetings of a table with the warehouse are told one by one: a contradiction within the table's own source
-- $source first, then the first $most in the order of the table; with the figure that was met.
SELECT m.line, m.agrees, o.* EXCLUDE (entry), j.recorded, '' AS superseded_by
FROM (
    SELECT * FROM table_meetings ORDER BY NOT agrees AND source = $source DESC, line, told_at LIMIT $most
) m
JOIN observation o USING (id)
JOIN journal j ON j.seq = o.entry
ORDER BY NOT m.agrees AND m.source = $source DESC, m.line, m.told_at
