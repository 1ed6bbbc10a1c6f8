-- A jurisdiction and everything below it, as codes; all jurisdictions when none is named.
CREATE OR REPLACE FUNCTION fangdi.jurisdiction_subtree(top text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE subtree AS (
        SELECT code FROM fangdi.jurisdiction WHERE CASE WHEN top IS NULL THEN parent_code IS NULL ELSE code = top END
        UNION
        SELECT below.code FROM subtree JOIN fangdi.jurisdiction AS below ON below.parent_code = subtree.code
    )
    SELECT code FROM subtree
$$;
