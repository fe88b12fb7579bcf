-- What do the rows of a bulk file leave to their words: a bound without a qualifier, a unit that stands elsewhere?
SELECT * FROM (
    SELECT DISTINCT 'qualifiers_taken' AS code, as_stated_text, qualifier AS taken
    FROM bulk_parsed WHERE qualifier_text = '' AND qualifier <> 'exact' ORDER BY 2 LIMIT 11
)
UNION ALL SELECT * FROM (
    SELECT DISTINCT 'scales_elsewhere', as_stated_text, value_text
    FROM bulk_parsed WHERE scaled ORDER BY 2 LIMIT 11
)
