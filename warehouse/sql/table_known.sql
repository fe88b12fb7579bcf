-- Which figures of a table are in the warehouse already?
SELECT line FROM table_rows SEMI JOIN observation USING (id) ORDER BY line
