-- How many rows have floors and rooms, counted to a limit?
SELECT (SELECT count(*) FROM (SELECT FROM fangdi.floor LIMIT :enough) AS counted) AS floors,
       (SELECT count(*) FROM (SELECT FROM fangdi.room LIMIT :enough) AS counted) AS rooms
