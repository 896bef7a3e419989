"""Style sheets, scripts, fonts and pictures, served by WhiteNoise from what is in memory or on disk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # it comes without types
    """WhiteNoise for an ASGI server: a file is one answer, not a stream.

    WhiteNoise streams a file by a blocking iterator. Under ASGI Django cannot await one: it reads the file
    whole, in a thread that all requests share, and warns. Our files are small, so each is read here, where
    the middleware has a thread of its own anyway.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The answer with the file, the part of it that was asked for, or nothing where nothing is due."""
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        answer = HttpResponse(content, status=int(found.status))
        del answer["Content-Type"]  # WhiteNoise says which, also that there is none
        for name, value in found.headers:
            answer[name] = value
        return answer
