-- Whose last post in an agency was over on a date, and which offices of that agency do they still have (usable m², one basis)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured'''
SELECT post.person_key, post.agency_id, post.rank_code, upper(post.valid) AS ended, post.ended_by, post.document_no,
       agency.jurisdiction_code AS place,
       jsonb_agg(DISTINCT jsonb_build_object(
           'room', room.id, 'building', room.building_id, 'agency', occupancy.agency_id, 'place', room.jurisdiction_code,
           'secret', room.secret,
           'area_m2', fangdi.of_basis(CAST(:basis AS text), room.registered_usable_m2, room.planning_usable_m2,
                                      room.declared_usable_m2, room.measured_usable_m2))) AS seats
  FROM fangdi.leader_post AS post
  JOIN fangdi.agency ON agency.id = post.agency_id
  JOIN fangdi.occupant ON occupant.person_key = post.person_key
  JOIN fangdi.occupancy ON occupancy.id = occupant.occupancy_id AND occupancy.agency_id = post.agency_id
                       AND occupancy.valid @> CAST(:as_of AS date)
  JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
  JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
  JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.category = 'office'
 WHERE upper(post.valid) <= CAST(:as_of AS date)
   AND NOT EXISTS (SELECT FROM fangdi.leader_post AS later
                    WHERE later.person_key = post.person_key AND later.agency_id = post.agency_id AND later.id <> post.id
                      AND COALESCE(lower(later.valid) <= CAST(:as_of AS date), true)
                      AND COALESCE(upper(later.valid) > upper(post.valid), true))
 GROUP BY post.id, agency.jurisdiction_code
 ORDER BY post.id;
