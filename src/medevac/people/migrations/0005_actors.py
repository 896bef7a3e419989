"""Tells the record which users there are, so that no other id can stand in it as an actor."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_actor_user(actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN is_active THEN 'active' ELSE 'inactive' END FROM people_user WHERE id = actor
$$;
REVOKE ALL ON FUNCTION audit_actor_user(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The function that the record asks."""

    dependencies = [("audit", "0002_functions"), ("people", "0004_history")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION audit_actor_user(uuid)")]
