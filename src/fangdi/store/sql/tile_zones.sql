-- Which zones meet the tile, on a date? Shapes in tile units, tolerance in metres of EPSG:3857.
SELECT ST_AsMVT(feature, 'zones', 4096, 'shape', 'feature_id')
FROM (
    SELECT
        zone.id AS feature_id,
        zone.name,
        ST_AsMVTGeom(ST_Simplify(zone.tile_shape, CAST(:tolerance AS float8), true), ST_TileEnvelope(:z, :x, :y), 4096, 64) AS shape
    FROM fangdi.zone
    WHERE zone.tile_shape && ST_TileEnvelope(:z, :x, :y, margin => 64 / 4096.0)
      AND zone.valid @> CAST(:as_of AS date)
) AS feature
