-- Deletes the draft of an audit.
DELETE FROM fangdi.area_audit WHERE id = :id;
