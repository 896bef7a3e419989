"""Numbers events as their transactions commit, and notifies whoever listens.

Numbers that are given when a row is written become visible out of order: a reader who has seen 8 may later
find a 7. So the number is given by a deferred trigger, at the very end of the transaction, under one lock
that is let go when the transaction has become visible. (NOTIFY holds such a lock at the commit anyway.)
"""

from django.db import migrations

LOCK = 7_238_512

FORWARDS = f"""
CREATE SEQUENCE messages_event_position;

CREATE FUNCTION messages_place_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    UPDATE messages_event SET position = nextval('messages_event_position') WHERE id = NEW.id;
    PERFORM pg_notify('medevac_events', NEW."user"::text);
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER messages_place_event AFTER INSERT ON messages_event
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION messages_place_event();
"""

BACKWARDS = """
DROP TRIGGER messages_place_event ON messages_event;
DROP FUNCTION messages_place_event();
DROP SEQUENCE messages_event_position;
"""


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_first")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
