-- Says that work on a batch has begun.
UPDATE fangdi.job SET state = 'running', started_at = COALESCE(started_at, clock_timestamp()) WHERE id = :id AND state = 'waiting';
