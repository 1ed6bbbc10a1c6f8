-- Gathers statistics of rooms, without the outlines, which no query chooses by and which take the longest.
ANALYZE fangdi.room (
    id, jurisdiction_code, building_id, floor_id, code, number, name, use_code, registered_usable_m2, planning_usable_m2,
    declared_usable_m2, measured_usable_m2, seats, tile_shape, classified, valid, batch_id
)
