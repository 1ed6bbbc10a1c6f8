-- How well a text answers a search term in lower case: 0 equal, 1 begins with it, 2 holds it, null not at all.
CREATE OR REPLACE FUNCTION fangdi.text_match(value text, term text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN lower(value) = term THEN 0
                WHEN starts_with(lower(value), term) THEN 1
                WHEN position(term IN lower(value)) > 0 THEN 2 END
$$;
