-- Which leaders have several offices on a date (usable m², one basis)? Known persons come with however many they have.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set known '''{}'''
SELECT occupant.person_key, min(occupant.rank_code) AS rank_code,
       jsonb_agg(DISTINCT jsonb_build_object(
           'room', room.id, 'building', room.building_id, 'agency', occupancy.agency_id, 'place', room.jurisdiction_code,
           'secret', room.secret,
           'area_m2', fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                                      room.declared_usable_m2, room.measured_usable_m2))) AS seats
  FROM fangdi.occupant
  JOIN fangdi.staff_rank ON staff_rank.code = occupant.rank_code
  JOIN fangdi.occupancy ON occupancy.id = occupant.occupancy_id AND occupancy.valid @> CAST(:as_of AS date)
  JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.category = 'office'
 WHERE staff_rank.leader
 GROUP BY occupant.person_key
HAVING count(DISTINCT room.id) > 1 OR occupant.person_key = ANY (CAST(:known AS text[]))
 ORDER BY occupant.person_key;
