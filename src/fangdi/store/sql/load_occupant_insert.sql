-- Adds a person to a use.
INSERT INTO fangdi.occupant (jurisdiction_code, occupancy_id, person_key, name, rank_code)
SELECT jurisdiction_code, id, :key, :name, :rank FROM fangdi.occupancy WHERE id = :occupancy
