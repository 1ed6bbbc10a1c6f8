-- Which parcels meet the tile, and what was their title on a date? Shapes in tile units, tolerance in metres of EPSG:3857.
SELECT ST_AsMVT(feature, 'parcels', 4096, 'shape', 'feature_id')
FROM (
    SELECT
        parcel.id AS feature_id,
        COALESCE(title.state, 'unknown') AS title,
        ST_AsMVTGeom(ST_Simplify(parcel.tile_shape, CAST(:tolerance AS float8), true), ST_TileEnvelope(:z, :x, :y), 4096, 64) AS shape
    FROM fangdi.parcel
    LEFT JOIN fangdi.title ON title.parcel_id = parcel.id AND title.valid @> CAST(:as_of AS date)
    WHERE parcel.tile_shape && ST_TileEnvelope(:z, :x, :y, margin => 64 / 4096.0)
      AND parcel.valid @> CAST(:as_of AS date)
      AND ST_Area(parcel.tile_shape) >= CAST(:smallest AS float8)
) AS feature
