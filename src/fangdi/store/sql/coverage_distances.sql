-- How far (geodesic metres on GRS80, 0 inside) does each building stand from the concentrated-office zones on a date? All zones
-- up to within_m, and the nearest in any case; of others only some. A row a zone, as two lists.
-- psql: \set as_of '''2026-01-01''' \set zone_id null \set jurisdictions null \set max_step_degrees 0.00045 \set within_m 4096
-- Zone edges are straight in longitude and latitude. They are cut into pieces of at most 50 m and taken into the
-- geocentric frame (EPSG:4479), where the nearest point is found in a straight line; only the distance to that point is
-- geodesic. docs/decisions/0003-coverage-distance.md says why this is exact to far less than 1 mm, and why no zone is left out
-- that matters: a straight line is no longer than the geodesic, and that no more than 1.6 times as long.
WITH place AS MATERIALIZED (
    SELECT id, location, geocentric, ST_X(geocentric) AS x, ST_Y(geocentric) AS y, ST_Z(geocentric) AS z
      FROM (SELECT id, location, ST_Transform(ST_Force3DZ(location), 4479) AS geocentric
              FROM fangdi.building
             WHERE valid @> CAST(:as_of AS date)
               AND (CAST(:jurisdictions AS text[]) IS NULL
                    OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
            OFFSET 0) AS standing
),
edge AS MATERIALIZED (
    SELECT id, outline, geocentric, ST_X(middle) AS x, ST_Y(middle) AS y, ST_Z(middle) AS z,
           ST_3DMaxDistance(middle, geocentric) + 1 AS reach
      FROM (SELECT id, outline, ST_Transform(ST_Force3DZ(ST_Centroid(outline)), 4479) AS middle,
                   ST_Transform(ST_Force3DZ(ST_Segmentize(ST_Boundary(outline), CAST(:max_step_degrees AS double precision))),
                                4479) AS geocentric
              FROM fangdi.zone
             WHERE kind = 'concentrated'
               AND valid @> CAST(:as_of AS date)
               AND (CAST(:zone_id AS bigint) IS NULL OR id = :zone_id)
            OFFSET 0) AS drawn
),
bounded AS MATERIALIZED (
    SELECT place.*, GREATEST(CAST(:within_m AS double precision), 1.6 * nearest.at_most) AS at_most
      FROM place
     CROSS JOIN LATERAL (
           SELECT min(sqrt((place.x - edge.x) * (place.x - edge.x) + (place.y - edge.y) * (place.y - edge.y)
                           + (place.z - edge.z) * (place.z - edge.z)) + edge.reach) AS at_most
             FROM edge
           ) AS nearest
)
SELECT zone_id, array_agg(building_id) AS building_ids, array_agg(distance_m) AS distances_m
  FROM (SELECT place.id AS building_id, edge.id AS zone_id,
               CASE WHEN ST_Covers(edge.outline, place.location) THEN 0
                    ELSE ST_Distance(
                        geography(place.location),
                        geography(ST_Force2D(ST_Transform(ST_3DClosestPoint(edge.geocentric, place.geocentric), 4490))))
               END AS distance_m
          FROM bounded AS place
          JOIN edge ON sqrt((place.x - edge.x) * (place.x - edge.x) + (place.y - edge.y) * (place.y - edge.y)
                            + (place.z - edge.z) * (place.z - edge.z)) <= edge.reach + place.at_most
        OFFSET 0) AS measured -- a fence: else shapes are sorted by zone before they are measured
 GROUP BY zone_id;
