"""Numbers for documents, and how pieces are stored."""

from django.db import migrations

FORWARDS = """
CREATE SEQUENCE documents_number;

-- Encrypted bytes cannot be compressed: PostgreSQL need not try.
ALTER TABLE documents_piece ALTER COLUMN sealed SET STORAGE EXTERNAL;
"""
BACKWARDS = """
DROP SEQUENCE documents_number;
"""


class Migration(migrations.Migration):
    """What Django does not know."""

    dependencies = [("documents", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
