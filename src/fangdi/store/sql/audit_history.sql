-- What happened to an object, for someone who sees it? The latest first; one page, before an entry.
-- The policy asks for the object (audit_open.sql): what is hidden has no history.
-- psql: \set object_kind '''building''' \set object_id 1 \set before null \set page_size 100
SELECT id, happened_at, actor, account_id, address, via, action, object_kind, object_id, object_name, jurisdiction_code,
       before, after, reason, batch_id
  FROM fangdi.audit_entry
 WHERE object_kind = :object_kind AND object_id = :object_id AND action IN ('insert', 'update', 'delete')
   AND (CAST(:before AS bigint) IS NULL OR id < :before)
 ORDER BY id DESC
 LIMIT CAST(:page_size AS integer)
