-- Does a period hold on a day? As CASE, whose share the planner takes for a half: under a policy it may not look at
-- statistics, would take one row in 200 to hold, and plan for a handful.
CREATE OR REPLACE FUNCTION fangdi.holds_on(period daterange, day date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN period @> day THEN true ELSE false END $$;
