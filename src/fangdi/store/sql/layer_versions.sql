-- Which version of their data have these layers? Versions grow with every change that a layer shows.
-- psql: \set layers '''{rooms,buildings}'''
SELECT layer, version FROM fangdi.layer_version WHERE layer = ANY (CAST(:layers AS text[])) ORDER BY layer;
