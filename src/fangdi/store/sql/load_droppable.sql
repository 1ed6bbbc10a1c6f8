-- What a load of very many rows into a table can do without until its end: how to drop each, and how to make it again.
-- Indexes, unique and foreign keys that nothing else stands on, and the trigger that judges outlines.
WITH given AS (SELECT CAST(:table AS regclass) AS id)
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', given.id, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', given.id, conname, pg_get_constraintdef(c.oid)) AS make
  FROM given
  JOIN pg_constraint AS c ON c.conrelid = given.id
 WHERE contype = 'f' OR contype = 'u'
   AND NOT EXISTS (SELECT FROM pg_constraint AS other WHERE other.contype = 'f' AND other.conindid = c.conindid)
UNION ALL
SELECT format('DROP INDEX %s', x.indexrelid::regclass), pg_get_indexdef(x.indexrelid)
  FROM given
  JOIN pg_index AS x ON x.indrelid = given.id
 WHERE NOT EXISTS (SELECT FROM pg_constraint AS own WHERE own.conindid = x.indexrelid)
UNION ALL
SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', given.id, tgname), format('ALTER TABLE %s ENABLE TRIGGER %I', given.id, tgname)
  FROM given
  JOIN pg_trigger ON tgrelid = given.id AND tgname = 'outline_valid' AND tgenabled = 'O'
 ORDER BY 1
