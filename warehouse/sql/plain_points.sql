-- What are the points of the plain series, each series by its code, the oldest day (counted from 1970) first?
SELECT p.code, w.period_end - DATE '1970-01-01' AS day, w.value, w.low, w.high
FROM worded w
JOIN plain p ON p.indicator = w.indicator AND p.entity = w.entity
ORDER BY p.code, w.period_end
