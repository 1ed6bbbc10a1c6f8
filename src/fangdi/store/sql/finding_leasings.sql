-- What does each agency use in each leased building on a date (usable m², one basis; shared rooms by share)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT building.id AS building_id, occupancy.agency_id, building.jurisdiction_code, bool_or(room.secret) AS secret,
       fangdi.lonlat(building.location) AS location, array_agg(DISTINCT room.id) AS rooms,
       COALESCE(sum(occupancy.share * fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                                                      room.declared_usable_m2, room.measured_usable_m2)), 0) AS area_m2
  FROM fangdi.building
  JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.kind = 'leased' AND tenure.valid @> CAST(:as_of AS date)
  JOIN fangdi.room ON room.building_id = building.id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.category <> 'circulation'
  JOIN fangdi.occupancy ON occupancy.room_id = room.id AND occupancy.valid @> CAST(:as_of AS date)
 WHERE building.valid @> CAST(:as_of AS date)
 GROUP BY building.id, occupancy.agency_id
 ORDER BY building.id, occupancy.agency_id;
