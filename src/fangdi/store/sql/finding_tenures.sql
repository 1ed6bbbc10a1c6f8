-- By what right were buildings held last on a date, with how many contracts on file, and how many rooms in use?
-- psql: \set as_of '''2026-01-01'''
SELECT building.id, building.jurisdiction_code, building.secret, held.kind AS tenure, lower(held.valid) AS since,
       upper(held.valid) AS ended,
       (SELECT count(*) FROM fangdi.document_link
          JOIN fangdi.document ON document.id = document_link.document_id
         WHERE document_link.building_id = building.id AND document.kind IN ('lease', 'agreement')
           AND COALESCE(document.issued_on <= CAST(:as_of AS date), true)) AS contracts,
       used.rooms, used.agency_id
  FROM fangdi.building
  JOIN LATERAL (
       SELECT kind, valid FROM fangdi.tenure
        WHERE building_id = building.id AND COALESCE(lower(valid) <= CAST(:as_of AS date), true)
        ORDER BY lower(valid) DESC NULLS LAST LIMIT 1
       ) AS held ON true
 CROSS JOIN LATERAL (
       SELECT count(DISTINCT room.id) AS rooms, mode() WITHIN GROUP (ORDER BY occupancy.agency_id) AS agency_id
         FROM fangdi.room JOIN fangdi.occupancy ON occupancy.room_id = room.id AND occupancy.valid @> CAST(:as_of AS date)
        WHERE room.building_id = building.id AND room.valid @> CAST(:as_of AS date)
          -- nobody without clearance may learn from the number that there are classified rooms
          AND (building.secret OR NOT room.secret)
       ) AS used
 WHERE building.valid @> CAST(:as_of AS date) AND held.kind <> 'owned'
 ORDER BY building.id;
