-- What does each row of a bulk file say, as far as it can be read? A cell that cannot be read is NULL beside its text.
-- $source is the id of the source; `id` means nothing in a row that turns out to be faulty.
CREATE OR REPLACE TEMP TABLE bulk_parsed AS
WITH dated AS (
    SELECT *,
        CASE length(period_end_text) WHEN 4 THEN period_end_text || '-12-31'
            WHEN 7 THEN strftime(last_day(try_cast(period_end_text || '-01' AS DATE)), '%Y-%m-%d')
            ELSE period_end_text END AS end_text,
        CASE length(period_start_text) WHEN 4 THEN period_start_text || '-01-01'
            WHEN 7 THEN period_start_text || '-01' ELSE period_start_text END AS start_text
    FROM bulk_raw
),
typed AS (
    SELECT dated.*, i.slug AS indicator, i.measure AS own_measure, i.lower_limit, i.upper_limit, e.slug AS entity,
        CASE WHEN period_end_text SIMILAR TO '\d{4}(-\d{2}(-\d{2})?)?' THEN try_cast(end_text AS DATE) END AS period_end,
        CASE WHEN period_start_text SIMILAR TO '\d{4}(-\d{2}(-\d{2})?)?' THEN try_cast(start_text AS DATE) END AS given_start,
        CASE WHEN value_text SIMILAR TO $number THEN try_cast(value_text AS DOUBLE) END AS value,
        CASE WHEN low_text SIMILAR TO $number THEN try_cast(low_text AS DOUBLE) END AS given_low,
        CASE WHEN high_text SIMILAR TO $number THEN try_cast(high_text AS DOUBLE) END AS given_high,
        try_cast(as_of_low_text AS DATE) AS as_of_low, try_cast(as_of_high_text AS DATE) AS as_of_high,
        coalesce(nullif(qualifier_text, ''), w.qualifier, 'exact') AS qualifier,
        w.qualifier AS said, w.other AS other_number, w.scaled,
        coalesce(nullif(nature_text, ''), 'stated') AS nature
    FROM dated
    LEFT JOIN bulk_indicator i ON i.name = indicator_text
    LEFT JOIN bulk_entity e ON e.name = entity_text
    LEFT JOIN bulk_said w ON w.text = as_stated_text AND w.number = value_text AND nature_text IN ('', 'stated')
)
SELECT typed.*, d.slug AS definition,
    coalesce(nullif(measure_text, ''), own_measure) AS measure,
    coalesce(given_start, CASE WHEN period_start_text = '' THEN period_end END) AS period_start,
    CASE WHEN low_text <> '' THEN given_low WHEN qualifier IN ('exact', 'at_least') THEN value END AS low,
    CASE WHEN high_text <> '' THEN given_high WHEN qualifier IN ('exact', 'at_most') THEN value END AS high,
    left(sha256(concat_ws(chr(31), typed.indicator, entity, d.slug,
        coalesce(given_start, period_end), period_end, $source, value)), 12) AS id
FROM typed
LEFT JOIN bulk_definition d ON d.indicator = typed.indicator AND d.name = definition_text
