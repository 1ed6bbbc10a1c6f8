-- Picks the area of one basis (registered, planning, declared, measured); null stays null and no other basis steps in.
-- One expression, so that the planner inlines it and reads the one column.
CREATE OR REPLACE FUNCTION fangdi.of_basis(
    basis text, registered double precision, planning double precision,
    declared double precision, measured double precision
) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE basis
        WHEN 'measured' THEN measured
        WHEN 'registered' THEN registered
        WHEN 'planning' THEN planning
        WHEN 'declared' THEN declared
    END
$$;
