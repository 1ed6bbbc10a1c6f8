-- Which rooms does somebody outside have on a date (usable m², one basis)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT room.id, room.building_id, room.jurisdiction_code, room.secret, main_user.agency_id,
       fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS area_m2,
       outside_use.kind, outside_use.outsider, outside_use.document_no, outside_use.annual_income_yuan,
       lower(outside_use.valid) AS since, upper(outside_use.valid) AS until
  FROM fangdi.outside_use
  JOIN fangdi.room ON room.id = outside_use.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  LEFT JOIN LATERAL (
       SELECT agency_id FROM fangdi.occupancy
        WHERE room_id = room.id AND valid @> CAST(:as_of AS date) ORDER BY share DESC, agency_id LIMIT 1
       ) AS main_user ON true
 WHERE outside_use.valid @> CAST(:as_of AS date)
 ORDER BY room.id;
