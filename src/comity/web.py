"""How the web server looks after its own processes; gunicorn reads this as its settings."""

import signal

from comity.serving import end_with_parent


def post_fork(_server: object, _worker: object) -> None:
    """End this process with its keeper, at once.

    It would finish what it has in hand first, for as long as twenty seconds, and hold the port
    meanwhile: the keeper's successor could not listen, and nobody would be served.
    """
    end_with_parent(signal.SIGKILL)
