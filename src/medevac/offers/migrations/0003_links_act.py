"""Tells the record which signed links there are, so that an answer without an account stands in it."""

from django.db import migrations

# What a link hangs on is asked here once more: a link that answers nothing looks at nothing.
FORWARDS = """
CREATE FUNCTION audit_actor_link(actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN link.used_at IS NULL AND link.withdrawn_at IS NULL AND link.expires_at > clock_timestamp()
            AND ask.state = 'open'
        THEN 'active' ELSE 'inactive' END
    FROM offers_answerlink AS link JOIN offers_ask AS ask ON ask.id = link.ask_id
    WHERE link.id = actor
$$;
REVOKE ALL ON FUNCTION audit_actor_link(uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The function that the record asks."""

    dependencies = [("audit", "0002_functions"), ("offers", "0002_place_imports")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION audit_actor_link(uuid)")]
