-- Which figures are there, when did this warehouse learn each, what replaced it, and does it still stand?
CREATE OR REPLACE TEMP VIEW standing AS
WITH replaced AS (
    SELECT supersedes AS id, min(id) AS by_id FROM observation WHERE supersedes <> '' GROUP BY supersedes
)
SELECT o.*, j.recorded, coalesce(r.by_id, '') AS superseded_by, r.by_id IS NULL AND o.action <> 'retract' AS live
FROM observation o
JOIN journal j ON j.seq = o.entry
LEFT JOIN replaced r ON r.id = o.id
