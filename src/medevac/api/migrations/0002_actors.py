"""Tells the record which tokens there are, so that a program stands in it as who it is."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_actor_token(actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN token.revoked_at IS NULL AND token.expires_at > clock_timestamp() AND place.closed_at IS NULL
        THEN 'active' ELSE 'inactive' END
    FROM api_token AS token JOIN people_organisation AS place ON place.id = token.organisation_id
    WHERE token.id = actor
$$;
REVOKE ALL ON FUNCTION audit_actor_token(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The function that the record asks."""

    dependencies = [("audit", "0002_functions"), ("api", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION audit_actor_token(uuid)")]
