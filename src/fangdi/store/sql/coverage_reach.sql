-- What lies within so many metres of a zone? Its reach as GeoJSON (CGCS2000 degrees), for drawing; distances decide, not this.
-- psql: \set zone_id 1 \set radius_m 2000
-- Drawn in an azimuthal equidistant frame on the zone itself: off by (distance / earth radius)² / 6, 0.1 mm at 2 km.
WITH framed AS (
    SELECT id, name, ST_Segmentize(outline, 0.00045) AS outline,
           format('+proj=aeqd +lon_0=%s +lat_0=%s +ellps=GRS80 +units=m', ST_X(centre), ST_Y(centre)) AS frame
      FROM (SELECT id, name, outline, ST_Centroid(outline) AS centre FROM fangdi.zone WHERE id = :zone_id) AS chosen
)
SELECT id, name,
       CAST(ST_AsGeoJSON(
           ST_Transform(
               ST_Simplify(ST_Buffer(ST_Transform(outline, frame), CAST(:radius_m AS double precision), 32), 0.1),
               frame, 4490),
           7, 0) AS json) AS reach
  FROM framed;
