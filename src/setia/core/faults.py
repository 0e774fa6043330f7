"""Places where a test can kill the process, to show that nothing is lost or doubled.

`SETIA_FAULT=outbox.sent` kills (as `kill -9` does) when `point("outbox.sent")` is reached; `outbox.sent:3` the third
time. Unset, as always outside tests, a point costs one comparison.
"""

import os
import signal

_name, _, _count = os.environ.get("SETIA_FAULT", "").partition(":")
_left = int(_count or 1)


def point(name: str) -> None:
    """Die here when the environment asks for it."""
    global _left
    if not _name or name != _name:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
