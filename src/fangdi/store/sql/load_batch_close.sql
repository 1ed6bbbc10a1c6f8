-- Notes what an import did: numbers of rows, and the rows it left out with their reasons.
UPDATE fangdi.import_batch
   SET inserted = :inserted, updated = :updated, unchanged = :unchanged, rejections = :rejections
 WHERE id = :batch
