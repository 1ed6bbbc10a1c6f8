-- Where do rooms belong, and are they secret?
-- psql: \set ids '''{1,2}'''
SELECT id, jurisdiction_code, secret FROM fangdi.room WHERE id = ANY (CAST(:ids AS bigint[]));
