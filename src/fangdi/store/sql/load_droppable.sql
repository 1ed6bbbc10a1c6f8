-- What a load of very many rows into a table can do without until its end: how to drop each, and how to make it again,
-- in the order of making; dropping goes backwards.
-- Indexes and keys that nothing else stands on, and the triggers on outlines, the audit trail (the load
-- makes one entry), secrecy (set right at the end by load_rooms_secrecy.sql) and sums of use (added up later); of an empty table, to which nothing
-- can refer, also the primary key and what stands on it. Foreign keys last: an index may spare reading the whole table.
WITH given AS (SELECT CAST(:table AS regclass) AS id, CAST(:empty AS boolean) AS empty)
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, conname, pg_get_constraintdef(c.oid)) AS make,
       CASE WHEN contype <> 'f' THEN 1 WHEN c.conrelid = given.id THEN 3 ELSE 4 END AS step
  FROM given
  JOIN pg_constraint AS c
    ON c.conrelid = given.id
       AND (contype = 'f' OR contype IN ('u', 'p')
            AND (empty OR NOT EXISTS (SELECT FROM pg_constraint AS other WHERE other.contype = 'f' AND other.conindid = c.conindid)))
       AND (empty OR contype <> 'p')
    OR c.confrelid = given.id AND empty
UNION ALL
SELECT format('DROP INDEX %s', x.indexrelid::regclass), pg_get_indexdef(x.indexrelid), 2
  FROM given
  JOIN pg_index AS x ON x.indrelid = given.id
 WHERE NOT EXISTS (SELECT FROM pg_constraint AS own WHERE own.conindid = x.indexrelid AND own.conrelid = given.id)
UNION ALL
SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', given.id, tgname),
       format('ALTER TABLE %s ENABLE TRIGGER %I', given.id, tgname), 5
  FROM given
  JOIN pg_trigger ON tgrelid = given.id AND NOT tgisinternal AND tgenabled = 'O'
       AND (tgname LIKE 'outline\_%' OR tgname LIKE 'audit\_%' OR tgname LIKE 'usage\_%'
            OR tgname LIKE 'secrecy\_%' AND tgname <> 'secrecy_spread')
 ORDER BY step, make
