-- Which hash does this entry of the audit trail carry?
SELECT encode(hash, 'hex') AS hash FROM fangdi.audit_entry WHERE id = :id
