"""The only ways into the record: functions that run with their owner's rights and check who acts.

The actor comes from the transaction's setting `medevac.acting`; time and login role come from the database. What
this can hold and what it cannot is in docs/adr/0010-a-record-that-the-application-cannot-change.md.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_acting() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told jsonb := coalesce(nullif(current_setting('medevac.acting', true), ''), '{}')::jsonb;
    kind text := coalesce(told ->> 'kind', 'nobody');
    actor uuid := (told ->> 'actor')::uuid;
    state text;
BEGIN
    -- 1. A kind of actor is known when the room that owns it has given a function that knows its rows.
    -- 2. That function says "active", "inactive" or nothing; nothing is a forged actor.
    IF kind IN ('nobody', 'service') THEN
        IF actor IS NOT NULL THEN
            RAISE EXCEPTION 'Expected no actor beside the kind "%", got %.', kind, actor
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    ELSE
        IF kind !~ '^[a-z]{1,20}$' OR to_regprocedure(format('public.audit_actor_%s(uuid)', kind)) IS NULL THEN
            RAISE EXCEPTION 'Expected a kind of actor that the database knows, got "%".', kind
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        EXECUTE format('SELECT public.audit_actor_%s($1)', kind) INTO state USING actor;
        IF state IS NULL THEN
            RAISE EXCEPTION 'Expected an actor that the database knows, got % %.', kind, coalesce(actor::text, 'without an id')
                USING ERRCODE = 'insufficient_privilege';
        END IF;
    END IF;
    RETURN jsonb_strip_nulls(jsonb_build_object(
        'kind', kind, 'actor', actor, 'state', state, 'request', left(told ->> 'request', 64), 'page', left(told ->> 'page', 200),
        'reason', left(told ->> 'reason', 2000), 'role', session_user));
END $$;

CREATE FUNCTION audit_somebody() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acting jsonb := audit_acting();
BEGIN
    IF acting ->> 'kind' <> 'service' AND acting ->> 'state' IS DISTINCT FROM 'active' THEN
        RAISE EXCEPTION 'Expected an active actor or a service, got "%". Say who acts before looking or exporting.', acting ->> 'kind'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN acting;
END $$;

CREATE FUNCTION audit_look(opened_by text, of_kind text, looked_at uuid[], owned_by uuid, left_in bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acting jsonb := audit_somebody();
    number bigint;
BEGIN
    INSERT INTO audit_look (at, actor_kind, actor, "right", kind, things, owner, export, reason, page, request_id, session_role)
    VALUES (clock_timestamp(), acting ->> 'kind', (acting ->> 'actor')::uuid, opened_by, of_kind, looked_at, owned_by, left_in,
        coalesce(acting ->> 'reason', ''), coalesce(acting ->> 'page', ''), coalesce(acting ->> 'request', ''), session_user)
    RETURNING id INTO number;
    RETURN number;
END $$;

CREATE FUNCTION audit_begin_export(what text, in_format text, holding jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acting jsonb := audit_somebody();
    given bigint;
BEGIN
    -- The row stays locked until the transaction ends, and a number goes back when it fails: so there is no gap.
    INSERT INTO audit_lastexport AS last (one, number) VALUES (true, 1)
        ON CONFLICT (one) DO UPDATE SET number = last.number + 1 RETURNING last.number INTO given;
    INSERT INTO audit_export (number, at, actor_kind, actor, title, format, contents, reason, page, request_id, session_role)
    VALUES (given, clock_timestamp(), acting ->> 'kind', (acting ->> 'actor')::uuid, what, in_format, holding,
        coalesce(acting ->> 'reason', ''), coalesce(acting ->> 'page', ''), coalesce(acting ->> 'request', ''), session_user);
    RETURN given;
END $$;

CREATE FUNCTION audit_seal_export(given bigint, hash bytea, length bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- An export without a hash exists only inside the transaction that began it: the trigger below sees to that.
    UPDATE audit_export SET digest = hash, size = length
        WHERE number = given AND digest IS NULL AND octet_length(hash) = 32 AND length >= 0;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Expected an export that this transaction began and a SHA-256, got number % and % bytes.',
            given, octet_length(hash) USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION audit_export_is_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_export WHERE number = NEW.number AND digest IS NULL) THEN
        RAISE EXCEPTION 'Expected the hash of export % before the end of its transaction, got none.', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_export_sealed';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_export_sealed AFTER INSERT ON audit_export
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_export_is_sealed();

ALTER TABLE audit_look ADD CONSTRAINT audit_look_some CHECK (cardinality(things) BETWEEN 1 AND 10000);
ALTER TABLE audit_look ADD CONSTRAINT audit_look_named CHECK ("right" <> '' AND kind <> '');
ALTER TABLE audit_lastexport ADD CONSTRAINT audit_lastexport_one CHECK (one);

REVOKE ALL ON FUNCTION audit_acting(), audit_somebody(), audit_export_is_sealed() FROM PUBLIC;
"""

BACKWARDS = """
DROP TRIGGER audit_export_sealed ON audit_export;
ALTER TABLE audit_lastexport DROP CONSTRAINT audit_lastexport_one;
ALTER TABLE audit_look DROP CONSTRAINT audit_look_named;
ALTER TABLE audit_look DROP CONSTRAINT audit_look_some;
DROP FUNCTION audit_export_is_sealed();
DROP FUNCTION audit_seal_export(bigint, bytea, bigint);
DROP FUNCTION audit_begin_export(text, text, jsonb);
DROP FUNCTION audit_look(text, text, uuid[], uuid, bigint);
DROP FUNCTION audit_somebody();
DROP FUNCTION audit_acting();
"""


class Migration(migrations.Migration):
    """Functions that write the record."""

    dependencies = [("audit", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
