-- Which administrative divisions meet the tile, on a date? Shapes in tile units, tolerance in metres of EPSG:3857.
SELECT ST_AsMVT(feature, 'jurisdictions', 4096, 'shape')
FROM (
    SELECT
        jurisdiction.code,
        jurisdiction.name,
        ST_AsMVTGeom(
            ST_Simplify(jurisdiction.tile_shape, CAST(:tolerance AS float8), true), ST_TileEnvelope(:z, :x, :y), 4096, 64
        ) AS shape
    FROM fangdi.jurisdiction
    WHERE jurisdiction.tile_shape && ST_TileEnvelope(:z, :x, :y, margin => 64 / 4096.0)
      AND jurisdiction.valid @> CAST(:as_of AS date)
      AND ST_Area(jurisdiction.tile_shape) >= CAST(:smallest AS float8)
) AS feature
