-- For what were rooms approved on a date, and what are they used for (usable m², one basis)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT room.id, room.building_id, room.jurisdiction_code, room.secret, main_user.agency_id,
       fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS area_m2,
       room_function.use_code AS approved, approved.category AS approved_category, room.use_code AS actual,
       actual.category AS actual_category, room_function.document_no
  FROM fangdi.room_function
  JOIN fangdi.room ON room.id = room_function.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use AS approved ON approved.code = room_function.use_code
  JOIN fangdi.room_use AS actual ON actual.code = room.use_code
  LEFT JOIN LATERAL (
       SELECT agency_id FROM fangdi.occupancy
        WHERE room_id = room.id AND valid @> CAST(:as_of AS date) ORDER BY share DESC, agency_id LIMIT 1
       ) AS main_user ON true
 WHERE room_function.valid @> CAST(:as_of AS date)
 ORDER BY room.id;
