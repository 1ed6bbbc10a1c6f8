-- Which rooms do agencies use on a date without the number of an agreement or permit, or without a document of that number?
-- psql: \set as_of '''2026-01-01'''
WITH filed AS MATERIALIZED (
    SELECT DISTINCT number FROM fangdi.document
     WHERE kind IN ('agreement', 'use_permit') AND number IS NOT NULL
       AND COALESCE(issued_on <= CAST(:as_of AS date), true)
),
used AS (
    SELECT DISTINCT room.building_id, occupancy.agency_id, room.secret, room.jurisdiction_code, room.id,
           NULLIF(btrim(occupancy.document_no), '') IS NULL AS unnumbered, filed.number IS NULL AS unfiled
      FROM fangdi.occupancy
      JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
      JOIN fangdi.building ON building.id = room.building_id AND building.valid @> CAST(:as_of AS date)
      LEFT JOIN filed ON filed.number = occupancy.document_no
     WHERE occupancy.valid @> CAST(:as_of AS date)
)
SELECT building_id, agency_id, secret, jurisdiction_code, count(*) AS rooms,
       COALESCE(array_agg(id ORDER BY id) FILTER (WHERE unnumbered), '{}') AS unnumbered,
       COALESCE(array_agg(id ORDER BY id) FILTER (WHERE unfiled AND NOT unnumbered), '{}') AS unfiled
  FROM used
 GROUP BY building_id, agency_id, secret, jurisdiction_code
 ORDER BY building_id, agency_id, secret;
