"""Answers to parliamentary questions as figures one can trust: `extract(path)` reads, names and checks every table."""

__version__ = "0.1.0"
