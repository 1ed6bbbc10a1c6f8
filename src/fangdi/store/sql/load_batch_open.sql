-- Files an import; what it did is noted when it ends. Until then its rows make no entries of their own in the audit trail.
WITH filed AS (
    INSERT INTO fangdi.import_batch
        (jurisdiction_code, layer, file_name, file_sha256, crs, mapping, rows_read, inserted, updated, unchanged, rejected)
    VALUES (:jurisdiction_code, :layer, :file_name, :file_sha256, :crs, :mapping, :rows_read, 0, 0, 0, :rejected)
    RETURNING id
)
SELECT id, set_config('fangdi.batch', CAST(id AS text), true) FROM filed
