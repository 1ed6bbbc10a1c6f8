-- Lets the application role write those rows of a table that a condition names, before and after the change.
CREATE OR REPLACE PROCEDURE fangdi.set_writing(written text, allowed text)
LANGUAGE plpgsql AS $$
DECLARE
    action text;
BEGIN
    FOREACH action IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON fangdi.%I', 'written_' || lower(action), written);
        EXECUTE format('CREATE POLICY %I ON fangdi.%I FOR %s TO fangdi_app %s', 'written_' || lower(action), written, action,
                       CASE action WHEN 'INSERT' THEN format('WITH CHECK (%s)', allowed)
                                   WHEN 'DELETE' THEN format('USING (%s)', allowed)
                                   ELSE format('USING (%1$s) WITH CHECK (%1$s)', allowed) END);
    END LOOP;
END $$;
REVOKE EXECUTE ON PROCEDURE fangdi.set_writing(text, text) FROM PUBLIC, fangdi_app;
