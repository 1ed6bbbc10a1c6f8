-- Which rooms are these, where, and of what usable area (m²) by basis?
-- psql: \set ids '''{1,2}''' \set basis '''measured'''
SELECT room.id, room.number, room.name, room.building_id, building.name AS building, room.floor_id, floor.name AS floor,
       floor.level, room.use_code AS use,
       fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS area_m2
  FROM fangdi.room
  JOIN fangdi.building ON building.id = room.building_id
  JOIN fangdi.floor ON floor.id = room.floor_id
 WHERE room.id = ANY (CAST(:ids AS bigint[]))
 ORDER BY building.id, floor.level, room.id;
