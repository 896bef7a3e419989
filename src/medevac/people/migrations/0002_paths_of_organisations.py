"""The tree of organisations, kept by the database: no cycle, and a path from everything to everything above it.

Moves take one lock for the whole tree, since two at once could close a circle that neither of them sees.
The paths cannot be written by hand, not even by mistake: only from inside the trigger.
"""

from django.db import migrations

TREE_LOCK = 7_238_512

FORWARDS = f"""
CREATE FUNCTION people_organisation_paths() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({TREE_LOCK});
    IF TG_OP = 'INSERT' THEN
        INSERT INTO people_organisationpath (ancestor_id, descendant_id, depth) VALUES (NEW.id, NEW.id, 0);
    ELSE
        IF NEW.parent_id IS NOT DISTINCT FROM OLD.parent_id THEN
            RETURN NULL;
        END IF;
        IF EXISTS (SELECT 1 FROM people_organisationpath WHERE ancestor_id = NEW.id AND descendant_id = NEW.parent_id) THEN
            RAISE EXCEPTION 'Expected a parent outside the organisation, got one that is part of it. Choose another.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'people_organisation_no_cycle';
        END IF;
        DELETE FROM people_organisationpath AS path
            USING people_organisationpath AS inside
            WHERE inside.ancestor_id = NEW.id AND path.descendant_id = inside.descendant_id
              AND NOT EXISTS (
                  SELECT 1 FROM people_organisationpath AS kept
                  WHERE kept.ancestor_id = NEW.id AND kept.descendant_id = path.ancestor_id
              );
    END IF;
    INSERT INTO people_organisationpath (ancestor_id, descendant_id, depth)
        SELECT above.ancestor_id, inside.descendant_id, above.depth + inside.depth + 1
        FROM people_organisationpath AS above CROSS JOIN people_organisationpath AS inside
        WHERE above.descendant_id = NEW.parent_id AND inside.ancestor_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION people_organisation_forget_paths() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM people_organisationpath WHERE descendant_id = OLD.id;
    RETURN OLD;
END $$;

CREATE FUNCTION people_organisation_paths_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'Expected the tree itself to write its paths. Change the parent of an organisation instead.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER people_organisation_paths AFTER INSERT OR UPDATE OF parent_id ON people_organisation
    FOR EACH ROW EXECUTE FUNCTION people_organisation_paths();
CREATE TRIGGER people_organisation_forget_paths BEFORE DELETE ON people_organisation
    FOR EACH ROW EXECUTE FUNCTION people_organisation_forget_paths();
CREATE TRIGGER people_organisation_paths_guard BEFORE INSERT OR UPDATE OR DELETE ON people_organisationpath
    FOR EACH ROW EXECUTE FUNCTION people_organisation_paths_guard();
"""

BACKWARDS = """
DROP TRIGGER people_organisation_paths_guard ON people_organisationpath;
DROP TRIGGER people_organisation_forget_paths ON people_organisation;
DROP TRIGGER people_organisation_paths ON people_organisation;
DROP FUNCTION people_organisation_paths_guard();
DROP FUNCTION people_organisation_forget_paths();
DROP FUNCTION people_organisation_paths();
"""


class Migration(migrations.Migration):
    """Triggers that keep the table of paths."""

    dependencies = [("people", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
