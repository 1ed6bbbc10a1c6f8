-- Deletes a draft.
DELETE FROM fangdi.plan WHERE id = :id;
