"""A workbook's bytes: the same content always gives the same bytes.

openpyxl writes the time of saving into the archive and into the document's properties; both are set to a
fixed time here.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can tell
_PROPERTIES = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def pack(workbook: Workbook) -> bytes:
    """The bytes of a workbook."""
    written, packed = BytesIO(), BytesIO()
    workbook.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _PROPERTIES:
                content = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            info = ZipInfo(name, _FIXED_TIME)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return packed.getvalue()
