-- What happened to an object, for someone who sees it? The latest first; one page, before an entry. Of a plan its audits
-- belong to it, of an audit what was decided about its lines.
-- The policy asks for the object (audit_open.sql): what is hidden has no history.
-- psql: \set object_kind '''building''' \set object_id 1 \set before null \set page_size 100
WITH about (object_kind, object_id) AS (
    SELECT CAST(:object_kind AS text), CAST(:object_id AS bigint)
     UNION ALL
    SELECT 'area_audit', id FROM fangdi.area_audit WHERE :object_kind = 'plan' AND plan_id = :object_id
     UNION ALL
    SELECT 'area_audit_line', id FROM fangdi.area_audit_line WHERE :object_kind = 'area_audit' AND audit_id = :object_id
)
SELECT id, happened_at, actor, account_id, address, via, action, object_kind, object_id, object_name, jurisdiction_code,
       before, after, reason, batch_id
  FROM fangdi.audit_entry JOIN about USING (object_kind, object_id)
 WHERE action IN ('insert', 'update', 'delete') AND (CAST(:before AS bigint) IS NULL OR id < :before)
 ORDER BY id DESC
 LIMIT CAST(:page_size AS integer)
