-- How did each finding of compliance (合规问题) stand on a date, whom does it concern, and what shows it on the map?
-- psql: \set as_of '''2026-01-01'''
SELECT finding.id, COALESCE(agency.name, building.name, parcel.code, '—') AS name, finding.jurisdiction_code,
       finding.rule, stood.state,
       CASE WHEN room.id IS NOT NULL THEN 'room' WHEN building.id IS NOT NULL THEN 'building'
            WHEN parcel.id IS NOT NULL THEN 'parcel' WHEN agency.id IS NOT NULL THEN 'agency' END AS shows_kind,
       COALESCE(room.id, building.id, parcel.id, agency.id) AS shows_id
  FROM fangdi.finding
 CROSS JOIN LATERAL (
       SELECT state FROM fangdi.finding_event
        WHERE finding_event.finding_id = finding.id AND day <= CAST(:as_of AS date)
        ORDER BY day DESC, id DESC LIMIT 1
       ) AS stood
  LEFT JOIN fangdi.agency ON agency.id = finding.agency_id
  LEFT JOIN fangdi.building ON building.id = finding.building_id
  LEFT JOIN fangdi.room ON room.id = finding.room_id
  LEFT JOIN fangdi.parcel ON parcel.id = finding.parcel_id;
