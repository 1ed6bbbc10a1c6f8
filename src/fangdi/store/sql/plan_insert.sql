-- Keeps the file of a plan and how it was read; returns its number.
INSERT INTO fangdi.plan (building_id, file_name, format, size_bytes, sha256, content, reading, unit_name, unit_metres,
                         unit_said_by, unit_confirmed, layers, georeference)
VALUES (:building_id, :file_name, :format, :size_bytes, :sha256, :content, CAST(:reading AS jsonb), :unit_name, :unit_metres,
        :unit_said_by, :unit_confirmed, CAST(:layers AS jsonb), CAST(:georeference AS jsonb))
RETURNING id;
