-- By what right (取得方式) is each building used on a date? Buildings without a record are not there.
-- psql: \set as_of '''2026-01-01'''
SELECT building_id, kind FROM fangdi.seen_tenures(CAST(:as_of AS date));
