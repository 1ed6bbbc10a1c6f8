-- Notes what an import did: numbers of rows, and the rows it left out with their reasons;
-- from here on every changed row makes an entry in the audit trail again.
UPDATE fangdi.import_batch
   SET inserted = :inserted, updated = :updated, unchanged = :unchanged, rejections = :rejections
 WHERE id = :batch
RETURNING set_config('fangdi.batch', '', true)
