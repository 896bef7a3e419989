"""What this room keeps: documents, their data keys, and their encrypted pieces."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from medevac.audit.history import recorded
from medevac.documents.rules import LANGUAGES, Kind, Scan, Translation
from medevac.people.guard import GuardedManager
from medevac.people.models import Organisation

_ONE_LINE = RegexValidator(r"^[^\x00-\x1f\x7f]*\Z", _("Expected one line without control characters."))
_TEXT = RegexValidator(r"^[^\x00]*\Z", _("Expected text without the character of number nought."))


@recorded(guarded={"see.personal": ("title", "archive", "accession", "contact", "how_to_fetch")})
class Document(models.Model):
    """A file that is kept here, or a reference that says where it is kept and how to get it.

    What it belongs to is not said here: rows of the rooms above point to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(
        _("title"),
        max_length=200,
        validators=[_ONE_LINE],
        help_text=_("What it is, in a few words. The name of the file is not kept."),
    )
    language = models.CharField(_("language"), max_length=2)
    dated = models.DateField(
        _("date of the paper"), null=True, blank=True, help_text=_("As it stands on the paper.")
    )
    redacted = models.BooleanField(
        _("nobody can be recognised in it"),
        default=False,
        help_text=_(
            "Names, birth date, numbers, addresses and faces have been made unreadable. Then whoever sees "
            "clinical data may see it."
        ),
    )
    redacted_version_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="redacted_versions"
    )
    translation_state = models.CharField(
        _("translation"), max_length=20, choices=Translation, default=Translation.NONE
    )
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )

    is_reference = models.BooleanField(default=False, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.BigIntegerField(null=True, blank=True, editable=False)
    pieces_count = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    archive = models.CharField(
        _("where it is kept"),
        max_length=200,
        blank=True,
        validators=[_ONE_LINE],
        help_text=_("The archive and its hospital."),
    )
    accession = models.CharField(_("accession number"), max_length=100, blank=True, validators=[_ONE_LINE])
    contact = models.CharField(
        _("whom to ask"),
        max_length=200,
        blank=True,
        validators=[_ONE_LINE],
        help_text=_("A function that is always staffed, with its telephone number."),
    )
    how_to_fetch = models.TextField(_("how to get it"), max_length=2000, blank=True, validators=[_TEXT])

    uploaded_by = models.UUIDField(editable=False)
    uploaded_at = models.DateTimeField(db_default=Now(), editable=False)
    scan = models.CharField(max_length=20, choices=Scan, default=Scan.NOT_SCANNED, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True, editable=False)
    finding = models.CharField(max_length=200, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(max_length=500, blank=True, editable=False)
    destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GuardedManager()
    unscoped = models.Manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["owner", "-uploaded_at"], name="documents_of_owner"),
            models.Index(fields=["uploaded_by", "-uploaded_at"], name="documents_of_uploader"),
            models.Index(
                fields=["scanned_at", "uploaded_at"],
                name="documents_to_scan",
                condition=Q(scan__in=("failed", "not-scanned")),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="documents_kind"),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="documents_language"),
            models.CheckConstraint(
                condition=Q(translation_state__in=Translation.values), name="documents_translation_state"
            ),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="documents_scan"),
            models.CheckConstraint(condition=~Q(title=""), name="documents_titled"),
            # A file has bytes and no archive; a reference has an archive and no bytes.
            models.CheckConstraint(
                condition=Q(
                    is_reference=False,
                    archive="",
                    size__gt=0,
                    pieces_count__gt=0,
                    sha256__regex="^[0-9a-f]{64}$",
                )
                & ~Q(content_type="")
                | Q(is_reference=True, content_type="", size__isnull=True, pieces_count=0, sha256="")
                & ~Q(archive=""),
                name="documents_file_or_reference",
            ),
            models.CheckConstraint(
                condition=Q(redacted_version_of__isnull=True)
                | Q(redacted=True) & ~Q(redacted_version_of=F("id")),
                name="documents_redacted_version",
            ),
            models.CheckConstraint(
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                name="documents_translation",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(withdrawn_at__isnull=False),
                name="documents_destroyed_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.number


@recorded(secret=("wrapped",))
class DataKey(models.Model):
    """The data key of a document, wrapped by a key of the ring. Without this row nobody opens the document.

    It stands apart, and its value is in no history, so that destroying it destroys it.
    """

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.PROTECT, related_name="data_key"
    )
    ring_key = models.CharField(max_length=40)
    wrapped = models.BinaryField(max_length=100)

    unscoped = models.Manager()

    class Meta:
        verbose_name = _("key of a document")
        verbose_name_plural = _("keys of documents")
        indexes = [models.Index(fields=["ring_key"], name="documents_key_of_ring")]


class Piece(models.Model):
    """One encrypted piece of a file."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="pieces")
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()

    unscoped = models.Manager()

    class Meta:
        verbose_name = _("piece of a document")
        verbose_name_plural = _("pieces of documents")
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="documents_piece_once"),
        ]
