-- All entries in the order of the chain, as text that their hashes can be computed from anywhere; owner's rights only.
SELECT id, encode(hash, 'hex') AS hash, fangdi.audit_text(audit_entry) AS text FROM fangdi.audit_entry ORDER BY id
