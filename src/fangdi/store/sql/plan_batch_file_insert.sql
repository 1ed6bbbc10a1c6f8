-- Keeps a file of a batch until a worker reads it.
INSERT INTO fangdi.plan_batch_file (jurisdiction_code, job_id, sort, name, building_id, reading, size_bytes, sha256, content,
                                    state, message)
VALUES (:jurisdiction_code, :job_id, :sort, :name, :building_id, CAST(:reading AS jsonb), :size_bytes, :sha256, :content,
        :state, :message);
