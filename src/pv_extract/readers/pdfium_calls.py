"""PDFium's functions as they are asked about every word and line of a page: ctypes checks no argument again.

Checking takes twice as long as the call itself. What is handed in is therefore ready as C takes it: what `argument` or
`handle` makes of an object, a reference into a buffer, or a whole number.
"""

import ctypes
import struct
from collections.abc import Callable
from functools import cache, partial
from typing import Any

ADDRESS = ctypes.c_void_p  # as a result: a number, None for a null pointer


def quick(function: Any, result: Any = None) -> Callable[..., Any]:  # Any: functions and types of ctypes
    """The same function without its argument types; `result` is the type of what it gives, None where nobody looks.

    It keeps the lock of the interpreter: to give that up and take it back is a fifth of such a call.
    """
    return ctypes.cast(function, ctypes.PYFUNCTYPE(result))


# an address that PDFium gave, as it takes it back
argument: Callable[[int | None], Any] = ctypes.c_void_p.from_param


def handle(opened: Any) -> Any:  # Any: a pointer of ctypes
    """What PDFium opened (a page, its text), as an argument."""
    return argument(ctypes.addressof(opened.contents))


@cache
def _layout(kinds: str) -> tuple[struct.Struct, list[int]]:
    """Values of these kinds one after the other, as C lays them, and the place of each."""
    return struct.Struct(kinds), [
        struct.calcsize(kinds[:n]) - struct.calcsize(kinds[n - 1]) for n in range(1, len(kinds) + 1)
    ]


class Room:
    """Room for values, of a kind each (a letter of `struct`), that PDFium writes; made once a page, as making it costs more.

    `to` are the arguments by which it finds each of them, `read` gives what it wrote.
    """

    def __init__(self, kinds: str) -> None:
        values, places = _layout(kinds)
        room = (ctypes.c_char * values.size)()
        self.to = tuple([ctypes.byref(room, at) for at in places])
        self.read: Callable[[], tuple[Any, ...]] = partial(values.unpack, room)
