"""What every document needs, code and shipped knowledge, in memory once this is imported: workers are forked from there.

All of it stays: looking through it for garbage, again and again while it grows, would take a sixth of the time.
"""

import gc
import os
import signal

# no model has a plugin, and all packages would be searched for one
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
gc.disable()
from pv_extract.batch.reading import load  # noqa: E402 - as little garbage is looked for while it loads

load()
gc.freeze()
gc.enable()

if hasattr(signal, "pthread_sigmask"):
    # Ctrl-C that came meanwhile was for the run
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGINT, before)
