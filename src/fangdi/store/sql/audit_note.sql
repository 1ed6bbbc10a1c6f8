-- Notes an export or a read of a classified asset.
SELECT fangdi.note(:action, :object_kind, CAST(:object_id AS bigint), :object_name, :jurisdiction_code, :secret,
                   CAST(:details AS jsonb), :reason)
