-- Saves a layer mapping under its name, in place of the one that has it; returns its number.
INSERT INTO fangdi.plan_mapping (jurisdiction_code, name, agency_id, surveyor, reading)
VALUES (:jurisdiction_code, :name, :agency_id, :surveyor, CAST(:reading AS jsonb))
    ON CONFLICT (jurisdiction_code, name) DO UPDATE
   SET agency_id = EXCLUDED.agency_id, surveyor = EXCLUDED.surveyor, reading = EXCLUDED.reading
RETURNING id;
