"""How an uploaded file is received: into a file without a name, gone when its process is, however it ends."""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

SLACK_BYTES = 1024  # kept beyond the limit, so that the service sees that there was more


class NamelessUploadHandler(FileUploadHandler):
    """Keeps no more of a file than shows that it is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        folder = settings.FILE_UPLOAD_TEMP_DIR
        self._kept: Any = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # it outlives this call
        self._most = settings.DOCUMENT_LARGEST_BYTES + SLACK_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part."""
        if start < self._most:
            self._kept.write(raw_data[: self._most - start])

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The whole file; its name stays outside."""
        self._kept.seek(0)
        return UploadedFile(self._kept, "file", self.content_type, min(file_size, self._most))
