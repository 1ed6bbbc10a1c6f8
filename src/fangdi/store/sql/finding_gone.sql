-- Say of findings of which nothing can be said any more, as their object is gone, that they do not hold.
-- psql: \set ids '''{}'''
UPDATE fangdi.finding SET holds = false, state = 'closed', deadline = NULL WHERE id = ANY (CAST(:ids AS bigint[]));
