"""Numbers for documents, how pieces are stored, and tokens as actors of the record."""

from django.db import migrations

FORWARDS = """
CREATE SEQUENCE documents_number;

-- Encrypted bytes cannot be compressed: PostgreSQL need not try.
ALTER TABLE documents_piece ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Documents are the first rows that a program sees whose looks are recorded: so the record must know tokens.
CREATE FUNCTION audit_actor_token(actor uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN revoked_at IS NULL AND expires_at > now() THEN 'active' ELSE 'inactive' END
    FROM api_token WHERE id = actor
$$;
REVOKE ALL ON FUNCTION audit_actor_token(uuid) FROM PUBLIC;
"""
BACKWARDS = """
DROP FUNCTION audit_actor_token(uuid);
DROP SEQUENCE documents_number;
"""


class Migration(migrations.Migration):
    """What Django does not know."""

    dependencies = [("documents", "0001_first"), ("api", "0001_first"), ("audit", "0002_functions")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
