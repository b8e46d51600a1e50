"""What one document may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of wall time for one document, and megabytes of memory for its worker; None is no limit."""

    seconds: float | None = 300.0
    megabytes: int | None = 1024
