-- Is the chain of the audit trail whole? One pass over all of it, whatever of it the reader may see.
SELECT entries, first_broken, head_id, head FROM fangdi.audit_check()
