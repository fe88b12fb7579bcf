-- Which rows of $table, hashed in proof_row, carry no seal of the entry they claim, and did that entry seal anything here?
-- What was written before there were seals is proved by the chain alone.
SELECT r.place, r.entry IN (SELECT entry FROM seal WHERE of_table = $table) AS sealed
FROM proof_row r
ANTI JOIN (SELECT entry, row_hash FROM seal WHERE of_table = $table) s
    ON s.entry = r.entry AND s.row_hash = ('0x' || left(r.hash, 16))::UBIGINT
WHERE r.entry >= (SELECT min(entry) FROM seal)
