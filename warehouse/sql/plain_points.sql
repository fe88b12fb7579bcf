-- What are the points of the plain series, each series by its code, the oldest day first? Days are counted from 1970; a
-- stock whose day is not stated lies between day_low and day_high.
SELECT p.code, w.period_end - DATE '1970-01-01' AS day,
    coalesce(w.as_of_low, w.period_end) - DATE '1970-01-01' AS day_low,
    coalesce(w.as_of_high, w.period_end) - DATE '1970-01-01' AS day_high, w.value, w.low, w.high
FROM worded w
JOIN plain p ON p.indicator = w.indicator AND p.entity = w.entity
ORDER BY p.code, w.period_end
