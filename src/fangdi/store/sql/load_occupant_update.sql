-- Changes what is known of a person in a use.
UPDATE fangdi.occupant SET name = :name, rank_code = :rank WHERE occupancy_id = :occupancy AND person_key = :key
