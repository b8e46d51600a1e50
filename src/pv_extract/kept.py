"""Properties that are computed once and then kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - it is written as a decorator
    """As `functools.cached_property`, without its lock, which costs more than the small things that are kept."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        """The property that this function computes."""
        self.make = make
        self.name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, owner: Any, kind: type | None = None) -> T:
        """The value, from now on an attribute of its owner."""
        value: T = self.make(owner)
        owner.__dict__[self.name] = value
        return value
