-- Of how many indicators are there figures, and how many figures stand?
SELECT count(DISTINCT indicator), count(*) FILTER (live) FROM standing
