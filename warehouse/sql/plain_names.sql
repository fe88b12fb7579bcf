-- Which figures are these points of plain series, and under which wording is the newest figure of their series counted?
SELECT p.code, w.period_end - DATE '1970-01-01' AS day, w.id, n.definition
FROM (SELECT unnest($codes) AS code, unnest($days) AS day) asked
JOIN plain p ON p.code = asked.code
JOIN worded w ON w.indicator = p.indicator AND w.entity = p.entity
    AND w.period_end = DATE '1970-01-01' + asked.day::INTEGER
JOIN (SELECT indicator, entity, arg_max(definition, period_end) AS definition FROM worded GROUP BY indicator, entity) n
    ON n.indicator = p.indicator AND n.entity = p.entity
