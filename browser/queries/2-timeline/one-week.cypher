// What happened in the days around a date
// Events of all parties within a week before and after a day, where their date is known to a month at least.
WITH date('2008-08-19') AS day
MATCH (t:Event)
WHERE t.dateEnd >= day - duration('P7D') AND t.date <= day + duration('P7D') AND t.dateEnd <= t.date + duration('P31D')
RETURN t.caption AS what, t.status AS status, t.sources AS sources
ORDER BY t.date, what;
