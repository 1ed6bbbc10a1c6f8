-- Gathers statistics of those columns of rooms that queries choose and join by; the others wait for autovacuum.
ANALYZE fangdi.room (
    id, jurisdiction_code, building_id, floor_id, use_code, tile_shape, classified, secret, valid, batch_id
)
