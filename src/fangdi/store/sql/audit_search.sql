-- Which entries of the audit trail answer a search? The latest first; one page, before an entry.
-- psql: \set object_kind null \set object_id null \set account_id null \set actor null \set action null
--       \set since null \set until null \set before null \set page_size 100
SELECT id, happened_at, actor, account_id, address, via, action, object_kind, object_id, object_name, jurisdiction_code,
       before, after, reason, batch_id
  FROM fangdi.audit_entry
 WHERE (CAST(:object_kind AS text) IS NULL OR object_kind = :object_kind)
   AND (CAST(:object_id AS bigint) IS NULL OR object_id = :object_id)
   AND (CAST(:account_id AS bigint) IS NULL OR account_id = :account_id)
   AND (CAST(:actor AS text) IS NULL OR actor = :actor)
   AND (CAST(:action AS text) IS NULL OR action = :action)
   AND (CAST(:since AS timestamptz) IS NULL OR happened_at >= :since)
   AND (CAST(:until AS timestamptz) IS NULL OR happened_at < :until)
   AND (CAST(:before AS bigint) IS NULL OR id < :before)
 ORDER BY id DESC
 LIMIT CAST(:page_size AS integer)
