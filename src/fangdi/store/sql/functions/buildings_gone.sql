-- Buildings that do not exist on a date, not yet or no more: a room exists only while its building does. Inlined.
-- The first test lets the planner use a small partial index: few buildings have a first or last day.
CREATE OR REPLACE FUNCTION fangdi.buildings_gone(as_of date) RETURNS TABLE (id bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT building.id
      FROM fangdi.building
     WHERE building.valid <> '(,)'::daterange
       AND NOT building.valid @> as_of
$$;
