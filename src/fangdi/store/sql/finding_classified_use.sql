-- How much of what each agency uses on a date is in classified rooms, by category (使用面积, m², one basis)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT occupancy.agency_id, room_use.category,
       COALESCE(sum(occupancy.share * fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                                                      room.declared_usable_m2, room.measured_usable_m2)), 0) AS area_m2
  FROM fangdi.occupancy
  JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use ON room_use.code = room.use_code
 WHERE occupancy.secret AND occupancy.valid @> CAST(:as_of AS date)
 GROUP BY occupancy.agency_id, room_use.category;
