-- What is this jurisdiction (行政区), above and below which others does it stand?
-- psql: \set id '''330200'''
SELECT here.code AS id, here.code, here.name, here.name_en, here.level, lower(here.valid) AS valid_from,
       upper(here.valid) AS valid_until, here.successor_code, here.source,
       fangdi.bbox(here.boundary) AS bbox, fangdi.lonlat(here.boundary) AS location,
       jsonb_build_object(
           'up', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name)), '[]')
                    FROM fangdi.jurisdiction WHERE code = here.parent_code),
           'down', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name)
                                              ORDER BY code), '[]')
                      FROM fangdi.jurisdiction WHERE parent_code = here.code)) AS links
  FROM fangdi.jurisdiction AS here
 WHERE here.code = :id;
