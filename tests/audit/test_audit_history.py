"""Tests that every change of every kind of row is in its history, with who acted, in which request and why."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

import medevac
from medevac.audit.context import Acting, acting, because, tell_database
from medevac.audit.history import exempt, exemptions, recorded, recordings, unrecorded
from medevac.people.models import Organisation, User
from medevac.people.organisation_kinds import Kind

SOURCES = Path(medevac.__file__).parent
pytestmark = [pytest.mark.django_db, pytest.mark.any_postgresql]


def make(name: str = "vera", **fields: Any) -> User:
    """An invented person."""
    return User.objects.create_user(
        f"{name}@example.org", "rain over Lviv", name=name, latin_name=name, **fields
    )


def events(user: User) -> list[Any]:
    """The history of a user, the first change first."""
    return list(recordings()["people.user"].events.objects.filter(pgh_obj_id=user.pk).order_by("pgh_id"))


def test_every_kind_of_row_has_a_history_or_a_reason() -> None:
    """Tests every model of every app; give a new one `@recorded`, or exempt it with a reason."""
    assert unrecorded() == []
    assert all(len(reason) >= 20 for reason in exemptions().values())


def test_no_exemption_is_for_what_is_gone_or_recorded() -> None:
    """Tests that exemptions do not outlive their models."""
    from django.apps import apps

    known = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    known |= {f"{config.label}.*" for config in apps.get_app_configs()}
    assert set(exemptions()) <= known | {"socialaccount.socialapp_sites"}
    assert not set(exemptions()) & set(recordings())


def test_an_exemption_needs_words_and_a_recording_needs_fields() -> None:
    """Tests that neither is taken without thought."""
    with pytest.raises(ValueError, match="expected a reason in words"):
        exempt("people.user", "no")
    with pytest.raises(ValueError, match="expected names of its fields"):
        recorded(secret=("pasword",))(Organisation)


def test_saving_updating_in_bulk_and_deleting() -> None:
    """Tests the ways of Django: create, save, bulk_create, update, bulk_update, delete."""
    first, second = make(), make("oleh")
    first.name = "Віра"
    first.save()
    User.objects.filter(pk__in=[first.pk, second.pk]).update(phone="+47 1")
    second.phone = "+47 2"
    User.objects.bulk_update([second], ["phone"])
    third = User(email="third@example.org", name="third", latin_name="third")
    User.objects.bulk_create([third])
    pk = second.pk
    User.objects.filter(pk=pk).delete()
    second.pk = pk
    assert [row.pgh_label for row in events(first)] == ["insert", "update", "update"]
    assert [(row.pgh_label, row.phone) for row in events(second)] == [
        ("insert", ""),
        ("update", "+47 1"),
        ("update", "+47 2"),
        ("delete", "+47 2"),
    ]
    assert [row.pgh_label for row in events(third)] == ["insert"]


def test_copy_is_recorded_with_who_acted() -> None:
    """Tests PostgreSQL's COPY, which passes Django by; who acts must be told before it."""
    by = make()
    public_id = uuid4()
    row = (public_id, "!", "copied@example.org", "C", "C", "", "en", "Europe/Oslo", True, 1)
    columns = "id, password, email, name, latin_name, phone, language, time_zone, is_active, session_number"
    with acting(Acting(actor=by.pk)), transaction.atomic():
        tell_database()
        with connection.cursor() as cursor, cursor.copy(f"COPY people_user ({columns}) FROM STDIN") as copy:
            copy.write_row(row)
    (copied,) = events(User.objects.get(pk=public_id))
    assert (copied.pgh_label, copied.pgh_context["actor"]) == ("insert", str(by.pk))


def test_who_acts_outside_a_transaction_is_not_forgotten_silently() -> None:
    """Tests that telling the database needs a transaction."""
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(TransactionManagementError):
            tell_database()
    finally:
        connection.in_atomic_block = kept


def test_actor_request_page_and_reason() -> None:
    """Tests what stands beside each change, and that it ends with its block."""
    user = make()
    with acting(Acting(actor=user.pk, request_id="a1", page="people:account")), because("a new telephone"):
        User.objects.filter(pk=user.pk).update(phone="100 % %s")
    User.objects.filter(pk=user.pk).update(phone="")
    with acting(Acting(kind="service", page="retention")):
        User.objects.filter(pk=user.pk).update(phone="3")
    _, mine, nobody, service = (row.pgh_context for row in events(user))
    assert mine == {
        "kind": "user",
        "actor": str(user.pk),
        "state": "active",
        "request": "a1",
        "page": "people:account",
        "reason": "a new telephone",
        "role": "medevac_app",
    }
    assert nobody == {"kind": "nobody", "role": "medevac_app"}
    assert (service["kind"], service["page"]) == ("service", "retention")


def test_an_unknown_actor_changes_nothing() -> None:
    """Tests that the change fails with its history."""
    user = make()
    with (
        acting(Acting(actor=uuid4())),
        pytest.raises(DatabaseError, match="Expected an actor"),
        transaction.atomic(),
    ):
        User.objects.filter(pk=user.pk).update(phone="1")
    assert len(events(user)) == 1


def test_secrets_are_not_kept_but_their_change_is() -> None:
    """Tests that a new password makes a line of history without the password."""
    user = make()
    user.set_password("sun over Bergen")
    user.save()
    _, changed = events(user)
    assert changed.pgh_label == "update"
    assert "password" not in {field.name for field in changed._meta.fields}


def test_what_did_not_change_makes_no_line() -> None:
    """Tests that saving the same values again is no change."""
    user = make()
    user.save()
    assert len(events(user)) == 1


@pytest.mark.django_db(transaction=True)
def test_who_acts_goes_along_into_another_thread() -> None:
    """Tests that copying the context is enough; the library's own would be lost."""
    import contextvars

    user = make()

    def change() -> None:
        User.objects.filter(pk=user.pk).update(phone="1")
        connection.close()

    with acting(Acting(actor=user.pk)):
        context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(change,))
    thread.start()
    thread.join()
    assert events(user)[1].pgh_context["actor"] == str(user.pk)


def test_reading_tells_nothing_and_writing_tells_once(django_assert_num_queries: Any) -> None:
    """Tests that who acts costs no message of its own to the database."""
    user = make()
    with acting(Acting(actor=user.pk)), django_assert_num_queries(2):
        User.objects.filter(pk=user.pk).update(phone="1")
        assert User.objects.get(pk=user.pk).phone == "1"


def test_rows_that_come_back_from_a_write_are_kept() -> None:
    """Tests an insert whose database gives values back."""
    user = make()
    with acting(Acting(actor=user.pk)):
        made = Organisation.unscoped.create(name="Ш", latin_name="Sh", kind=Kind.OWNER, country="NO")
    assert made.created_at is not None


def test_no_source_switches_history_off() -> None:
    """Tests that nothing in src names what would keep triggers from running or write history by hand."""
    forbidden = re.compile(
        r"pgtrigger\.ignore|pgtrigger\.constraints|session_replication_role|DISABLE TRIGGER|create_event\("
    )
    found = [
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if forbidden.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
