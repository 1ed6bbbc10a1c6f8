-- Which buildings, not classified, stand on a date: of a jurisdiction, used by an agency, or named by their keys?
-- Outlines as GeoJSON, EPSG:4490. Area: gross, m², measured.
-- psql: \set as_of '''2026-01-01''' \set ids null \set agency_id null \set jurisdictions null
SELECT building.id, building.site_id, building.code, building.name, building.name_en, building.address,
       building.storeys_above, building.storeys_below, building.built_year, building.measured_gross_m2,
       title.state AS title, tenure.kind AS tenure,
       ST_AsGeoJSON(COALESCE(building.outline, building.location), 7)::jsonb AS shape
  FROM fangdi.building
  LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
 WHERE building.valid @> CAST(:as_of AS date) AND NOT building.classified
   AND (CAST(:ids AS bigint[]) IS NULL OR building.id = ANY (:ids))
   AND (CAST(:agency_id AS bigint) IS NULL
        OR building.id IN (SELECT room.building_id
                             FROM fangdi.occupancy JOIN fangdi.room ON room.id = occupancy.room_id
                            WHERE occupancy.agency_id = :agency_id AND occupancy.valid @> CAST(:as_of AS date)))
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.id;
