-- Indexes, unique and foreign keys of rooms that nothing else stands on: how to drop each, and how to make it again.
SELECT format('ALTER TABLE fangdi.room DROP CONSTRAINT %I', conname),
       format('ALTER TABLE fangdi.room ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(c.oid))
  FROM pg_constraint AS c
 WHERE conrelid = 'fangdi.room'::regclass
   AND (contype = 'f' OR contype = 'u'
        AND NOT EXISTS (SELECT FROM pg_constraint AS other WHERE other.contype = 'f' AND other.conindid = c.conindid))
UNION ALL
SELECT format('DROP INDEX fangdi.%I', i.relname), pg_get_indexdef(i.oid)
  FROM pg_index AS x
  JOIN pg_class AS i ON i.oid = x.indexrelid
 WHERE x.indrelid = 'fangdi.room'::regclass
   AND NOT EXISTS (SELECT FROM pg_constraint AS own WHERE own.conindid = i.oid)
 ORDER BY 1
