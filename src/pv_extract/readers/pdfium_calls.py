"""PDFium's functions as they are asked about every word and line of a page: ctypes checks no argument again.

Checking takes twice as long as the call itself. What is handed in is therefore ready as C takes it: what `argument` or
`handle` makes of an object, a reference into a buffer, or a whole number.
"""

import ctypes
from collections.abc import Callable
from typing import Any

ADDRESS = ctypes.c_void_p  # as a result: a number, None for a null pointer


def quick(function: Any, result: Any = None) -> Callable[..., Any]:  # Any: functions and types of ctypes
    """The same function without its argument types; `result` is the type of what it gives, None where nobody looks."""
    made = type(function)(ctypes.cast(function, ctypes.c_void_p).value)
    made.restype = result
    return made  # type: ignore[no-any-return]


# an address that PDFium gave, as it takes it back
argument: Callable[[int | None], Any] = ctypes.c_void_p.from_param


def handle(opened: Any) -> Any:  # Any: a pointer of ctypes
    """What PDFium opened (a page, its text), as an argument."""
    return argument(ctypes.addressof(opened.contents))


def references(buffer: Any, kind: Any, count: int, start: int = 0) -> tuple[Any, ...]:  # Any: as ctypes has them
    """Arguments by which PDFium writes values of a kind into a buffer, one behind the other."""
    return tuple(ctypes.byref(buffer, start + ctypes.sizeof(kind) * number) for number in range(count))
