-- Deletes a layer mapping.
DELETE FROM fangdi.plan_mapping WHERE id = :id;
