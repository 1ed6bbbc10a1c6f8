-- All uses of these rooms, past ones included; days, ends exclusive.
SELECT id, room_id, agency_id, unit, lower(valid) AS since, upper(valid) AS ends, share, document_no
  FROM fangdi.occupancy
 WHERE room_id = ANY (CAST(:rooms AS bigint[]))
