-- Which rooms meet the tile, in which state and whose were they on a date? Shapes in tile units.
-- Occupied goes before the room's status, which says why an empty room is not idle.
WITH tile AS MATERIALIZED (
    SELECT
        edge,
        ST_Expand(edge, 64 / scale) AS reach,
        -- 2 m less: boxes are kept in single precision, which is good to 1 m on the map
        ST_Expand(edge, 64 / scale - 2) AS surely_inside,
        scale,
        -ST_XMin(edge) * scale AS left_units,
        ST_YMax(edge) * scale AS top_units
    FROM (
        SELECT ST_TileEnvelope(:z, :x, :y) AS edge, 4096 * power(2, :z) / 40075016.6855785 AS scale
    ) AS square
)
SELECT ST_AsMVT(feature, 'rooms', 4096, 'shape', 'feature_id')
FROM (
    SELECT
        room.id AS feature_id,
        room.building_id AS building,
        room_use.category,
        CASE
            WHEN occupancy.agency_id IS NOT NULL THEN 'occupied'
            ELSE COALESCE(
                (
                    SELECT room_status.status
                    FROM fangdi.room_status
                    WHERE room_status.room_id = room.id AND room_status.valid @> CAST(:as_of AS date)
                ),
                CASE WHEN room_use.assignable THEN 'idle' ELSE 'common' END
            )
        END AS state,
        room.number,
        occupancy.agency_id AS agency,
        -- Most rooms lie wholly in the tile: moving them onto its grid takes a quarter of the time of ST_AsMVTGeom,
        -- which is for clipping.
        CASE
            WHEN tile.surely_inside ~ room.tile_shape THEN
                ST_ForcePolygonCCW(NULLIF(
                    ST_SnapToGrid(
                        ST_Affine(
                            room.tile_shape, tile.scale, 0, 0, -tile.scale, tile.left_units, tile.top_units
                        ),
                        1
                    ),
                    'SRID=3857;MULTIPOLYGON EMPTY'
                ))
            ELSE ST_AsMVTGeom(room.tile_shape, tile.edge, 4096, 64)
        END AS shape
    FROM tile
    JOIN fangdi.room ON room.tile_shape && tile.reach
    JOIN fangdi.room_use ON room_use.code = room.use_code
    LEFT JOIN fangdi.occupancy
        -- ANY: asks the B-tree alone. The exclusion constraint's GiST index, which the planner takes to be as good and
        -- which is five times slower, could answer this only as a bitmap, and tile connections have those off.
        ON occupancy.room_id = ANY (ARRAY[room.id])
       AND CASE
            WHEN NOT occupancy.valid @> CAST(:as_of AS date) THEN false
            WHEN occupancy.share = 1 THEN true
            ELSE occupancy.id = (
                SELECT min(part.id)
                FROM fangdi.occupancy AS part
                WHERE part.room_id = occupancy.room_id AND part.valid @> CAST(:as_of AS date)
                GROUP BY part.agency_id
                ORDER BY sum(part.share) DESC, part.agency_id
                LIMIT 1
            )
        END
    -- CASE: the planner would take the test on the date for selective, and plan for a single room
    WHERE CASE
            WHEN room.valid @> CAST(:as_of AS date)
                THEN CAST(:smallest AS float8) = 0 OR ST_Area(room.tile_shape) >= CAST(:smallest AS float8)
        END
      AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone)
      -- not a join: whoever asks for all levels need not look up the floor of every room, a quarter of the time
      AND (
        CAST(:level AS numeric) IS NULL
        OR EXISTS (SELECT FROM fangdi.floor WHERE floor.id = room.floor_id AND floor.level = CAST(:level AS numeric))
      )
) AS feature
