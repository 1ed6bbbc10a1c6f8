-- Changes the end, share or document of a use.
UPDATE fangdi.occupancy
   SET valid = daterange(CAST(:since AS date), CAST(:ends AS date)), share = :share, document_no = :doc, batch_id = :batch
 WHERE id = :id
