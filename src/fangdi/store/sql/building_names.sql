-- What are these buildings (楼座) called?
-- psql: \set buildings '''{1,2}'''
SELECT id, name FROM fangdi.building WHERE id = ANY (CAST(:buildings AS bigint[]));
