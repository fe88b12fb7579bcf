-- How many rows that an entry sealed in $table are no longer among those hashed in proof_row?
SELECT s.entry, count(*)
FROM (SELECT entry, row_hash FROM seal WHERE of_table = $table) s
ANTI JOIN proof_row r ON r.entry = s.entry AND ('0x' || left(r.hash, 16))::UBIGINT = s.row_hash
GROUP BY s.entry
ORDER BY s.entry
