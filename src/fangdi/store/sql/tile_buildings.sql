-- Which buildings meet the tile, and what were their title and tenure on a date? Points up to z12, else outlines.
SELECT ST_AsMVT(feature, 'buildings', 4096, 'shape', 'feature_id')
FROM (
    SELECT
        building.id AS feature_id,
        building.name,
        COALESCE(title.state, 'unknown') AS title,
        COALESCE(tenure.kind, 'unknown') AS tenure,
        ST_AsMVTGeom(
            CASE WHEN :z > 12 THEN building.tile_shape ELSE ST_PointOnSurface(building.tile_shape) END,
            ST_TileEnvelope(:z, :x, :y),
            4096,
            64
        ) AS shape
    FROM fangdi.building
    LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
    LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
    WHERE building.tile_shape && ST_TileEnvelope(:z, :x, :y, margin => 64 / 4096.0)
      AND building.valid @> CAST(:as_of AS date)
) AS feature
