"""`python -m pv_extract` is `pv-extract`."""

from pv_extract.cli import main

main()
