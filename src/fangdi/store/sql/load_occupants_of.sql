-- Who sits in these rooms?
SELECT occupant.occupancy_id, occupant.person_key, occupant.name, occupant.rank_code
  FROM fangdi.occupant
  JOIN fangdi.occupancy ON occupancy.id = occupant.occupancy_id
 WHERE occupancy.room_id = ANY (CAST(:rooms AS bigint[]))
