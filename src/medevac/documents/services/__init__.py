"""The only place of this room that writes: uploading, describing, opening, scanning, destroying."""

from medevac.documents.services.changing import describe, mark_translation, withdraw
from medevac.documents.services.destroying import destroy, destroy_contents
from medevac.documents.services.opening import Opened, open_document, picture_of
from medevac.documents.services.rewrapping import rewrap
from medevac.documents.services.scanning import scan_again
from medevac.documents.services.uploading import Description, Place, add_redacted, refer, upload

__all__ = [
    "Description",
    "Opened",
    "Place",
    "add_redacted",
    "describe",
    "destroy",
    "destroy_contents",
    "mark_translation",
    "open_document",
    "picture_of",
    "refer",
    "rewrap",
    "scan_again",
    "upload",
    "withdraw",
]
