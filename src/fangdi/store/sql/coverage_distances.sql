-- How far (geodesic metres on GRS80, 0 inside) does each building stand from each concentrated-office zone on a date?
-- A row a zone, as two lists.
-- psql: \set as_of '''2026-01-01''' \set zone_id null \set jurisdictions null \set max_step_degrees 0.00045
-- Zone edges are straight in longitude and latitude. They are cut into pieces of at most 50 m and taken into the
-- geocentric frame (EPSG:4479), where the nearest point is found in a straight line; only the distance to that point is
-- geodesic. docs/decisions/0003-coverage-distance.md says why this is exact to far less than 1 mm.
WITH place AS MATERIALIZED (
    SELECT id, location, ST_Transform(ST_Force3DZ(location), 4479) AS geocentric
      FROM fangdi.building
     WHERE valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL
            OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
),
edge AS MATERIALIZED (
    SELECT id, outline,
           ST_Transform(ST_Force3DZ(ST_Segmentize(ST_Boundary(outline), CAST(:max_step_degrees AS double precision))),
                        4479) AS geocentric
      FROM fangdi.zone
     WHERE kind = 'concentrated'
       AND valid @> CAST(:as_of AS date)
       AND (CAST(:zone_id AS bigint) IS NULL OR id = :zone_id)
)
SELECT zone_id, array_agg(building_id) AS building_ids, array_agg(distance_m) AS distances_m
  FROM (SELECT place.id AS building_id, edge.id AS zone_id,
               CASE WHEN ST_Covers(edge.outline, place.location) THEN 0
                    ELSE ST_Distance(
                        geography(place.location),
                        geography(ST_Force2D(ST_Transform(ST_3DClosestPoint(edge.geocentric, place.geocentric), 4490))))
               END AS distance_m
          FROM place
         CROSS JOIN edge
        OFFSET 0) AS measured -- a fence: else shapes are sorted by zone before they are measured
 GROUP BY zone_id;
