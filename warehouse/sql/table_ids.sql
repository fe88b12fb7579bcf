-- What is the id of each figure of a table, made from its content exactly as `records.content_id` makes it, and is it
-- here already?
CREATE OR REPLACE TEMP TABLE table_ids AS
WITH made AS (
    SELECT line, left(sha256(concat_ws(chr(31), indicator, entity, definition, period_start, period_end, $source, value)),
        12) AS id
    FROM table_rows
)
SELECT line, id, id IN (SELECT id FROM observation) AS known FROM made
