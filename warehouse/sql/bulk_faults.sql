-- Which cells of a bulk file cannot come in, and why? One row a fault; every check looks at every row.
SELECT line, 'indicator' AS "column", 'unknown_indicator' AS code, indicator_text AS text FROM bulk_parsed WHERE indicator IS NULL
UNION ALL SELECT line, 'entity', 'unknown_entity', entity_text FROM bulk_parsed WHERE entity IS NULL
UNION ALL SELECT line, 'definition', 'unknown_definition', definition_text FROM bulk_parsed WHERE definition IS NULL AND indicator IS NOT NULL
UNION ALL SELECT line, 'period_end', CASE period_end_text WHEN '' THEN 'missing' ELSE 'not_a_date' END, period_end_text FROM bulk_parsed WHERE period_end IS NULL
UNION ALL SELECT line, 'period_start', 'not_a_date', period_start_text FROM bulk_parsed WHERE given_start IS NULL AND period_start_text <> ''
UNION ALL SELECT line, 'value', CASE value_text WHEN '' THEN 'missing' ELSE 'not_a_number' END, value_text FROM bulk_parsed WHERE value IS NULL
UNION ALL SELECT line, 'value', 'not_finite', value_text FROM bulk_parsed WHERE NOT isfinite(value)
UNION ALL SELECT line, 'low', 'not_a_number', low_text FROM bulk_parsed WHERE low_text <> '' AND given_low IS NULL
UNION ALL SELECT line, 'high', 'not_a_number', high_text FROM bulk_parsed WHERE high_text <> '' AND given_high IS NULL
UNION ALL SELECT line, 'as_of_low', 'not_a_date', as_of_low_text FROM bulk_parsed WHERE as_of_low_text <> '' AND as_of_low IS NULL
UNION ALL SELECT line, 'as_of_high', 'not_a_date', as_of_high_text FROM bulk_parsed WHERE as_of_high_text <> '' AND as_of_high IS NULL
UNION ALL SELECT line, 'value', 'outside_limits', value_text FROM bulk_parsed WHERE value < lower_limit OR value > upper_limit
UNION ALL SELECT line, 'low', 'outside_limits', low_text FROM bulk_parsed WHERE given_low < lower_limit OR given_low > upper_limit
UNION ALL SELECT line, 'high', 'outside_limits', high_text FROM bulk_parsed WHERE given_high < lower_limit OR given_high > upper_limit
UNION ALL SELECT line, 'qualifier', 'not_one_of', qualifier FROM bulk_parsed WHERE NOT list_contains($qualifiers, qualifier)
UNION ALL SELECT line, 'nature', 'not_one_of', nature FROM bulk_parsed WHERE NOT list_contains($natures, nature)
UNION ALL SELECT line, 'measure', 'not_one_of', measure FROM bulk_parsed WHERE measure IS NOT NULL AND NOT list_contains($measures, measure)
UNION ALL SELECT line, 'period_start', 'flow_needs_start', '' FROM bulk_parsed WHERE measure = 'flow' AND period_start_text = ''
UNION ALL SELECT line, 'low', 'about_needs_bounds', value_text FROM bulk_parsed WHERE qualifier = 'about' AND (low IS NULL OR high IS NULL) AND value IS NOT NULL
UNION ALL SELECT line, 'low', 'low_above_value', low_text FROM bulk_parsed WHERE low > value
UNION ALL SELECT line, 'high', 'high_below_value', high_text FROM bulk_parsed WHERE high < value
UNION ALL SELECT line, 'period_start', 'period_reversed', period_start_text FROM bulk_parsed WHERE period_start > period_end
UNION ALL SELECT line, 'period_start', 'published_before_period', period_start_text FROM bulk_parsed WHERE period_start > $published
UNION ALL SELECT line, 'period_end', 'period_after_publication', period_end_text FROM bulk_parsed WHERE period_end > $published AND period_start <= $published AND NOT starts_with(basis_text, 'edition')
UNION ALL SELECT line, 'value', 'value_not_as_stated', value_text || ': ' || as_stated_text || ' = ' || other_number FROM bulk_parsed WHERE other_number IS NOT NULL
UNION ALL SELECT line, 'qualifier', 'qualifier_not_as_stated', qualifier || ': ' || as_stated_text || ' = ' || said FROM bulk_parsed WHERE other_number IS NULL AND said NOT IN ('exact', qualifier) AND list_contains($qualifiers, qualifier)
UNION ALL SELECT line, 'note', 'example_row', note_text[:40] FROM bulk_parsed WHERE starts_with(note_text, $example)
UNION ALL SELECT line, 'derived_from', 'bulk_derived', derived_from_text FROM bulk_parsed WHERE derived_from_text <> ''
ORDER BY 1, 2
LIMIT $most
