"""What every document needs, code and shipped knowledge, in memory once this is imported: workers are forked from there.

All of it stays: looking through it for garbage, again and again while it grows, would take a sixth of the time.
"""

import gc

gc.disable()
from pv_extract.batch.reading import load  # noqa: E402 - as little garbage is looked for while it loads

load()
gc.freeze()
gc.enable()
