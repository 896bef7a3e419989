"""A process that answers on a listening socket which it was handed."""

from __future__ import annotations

import socket
import sys

import uvicorn

from medevac.cli.service.kept import end_with_keeper
from medevac.cli.service.taking_turns import TurnServer
from medevac.site.log_lines import take_process

APPLICATION = "medevac.site.asgi:application"
GRACE_SECONDS = 3  # an open event stream would hold a stop back for ever
# All web processes listen on one socket, and whichever is free takes a new connection. One that is kept open
# stays where it is: of twenty readers thirteen may wait for one process while another has nothing to do. A
# page and its files share a connection; the next page, after a second of reading, asks anew.
KEPT_OPEN_SECONDS = 1


def serve(number: int, application: str = APPLICATION) -> None:
    """Answer until the process is asked to stop."""
    end_with_keeper()
    take_process()
    # Who stands in front is counted by the settings (MEDEVAC_TRUSTED_PROXIES), so uvicorn must not believe
    # headers.
    config = uvicorn.Config(
        application,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEPT_OPEN_SECONDS,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
        log_config=None,  # its lines become ours: its own would show what a fault quotes
    )
    TurnServer(config).run(sockets=[socket.socket(fileno=number)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
