-- Which words of one document carry the same value twice, and for which figures? Table cells (a place with "!") do not
-- count. folded has the phrases whose form without case is not what lower() makes of them.
WITH said AS (
    SELECT s.*, coalesce(f.words, lower(s.phrase)) AS words
    FROM standing s
    LEFT JOIN folded f ON f.phrase = s.phrase
    WHERE s.live AND s.nature = 'stated' AND length(s.phrase) >= $letters AND NOT contains(s.locator, '!')
),
pairs AS (
    SELECT source, words, value,
        row_number() OVER alike AS place,
        lag(phrase) OVER alike AS first_phrase, lag(id) OVER alike AS first_id, id AS second_id,
        lag(indicator) OVER alike AS first_indicator, indicator AS second_indicator
    FROM said
    WINDOW alike AS (PARTITION BY source, words, value
        ORDER BY indicator, entity, period_end, period_start, published, entry, id)
)
SELECT source, first_phrase, first_id, second_id, first_indicator, second_indicator
FROM pairs
WHERE first_id IS NOT NULL
ORDER BY source, words, value, place
