-- Which figures stand, and what is the first of the wordings that are joined with theirs?
CREATE OR REPLACE TEMP VIEW worded AS
SELECT s.*, coalesce(w.first_slug, s.definition) AS wording
FROM standing s
LEFT JOIN wording w ON w.indicator = s.indicator AND w.definition = s.definition
WHERE s.live
