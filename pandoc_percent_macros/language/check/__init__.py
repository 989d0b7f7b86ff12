"""What is known of macros before any of them runs: names, arguments, cycles.

Macros and calls go in; a ``Program`` comes out, with slots written into the macros' trees, and calls bound to macros.
To read in this order: ``contexts`` (one value, or a list), ``scopes`` (names), ``expression_checker`` and ``checker``
(one macro), ``binding`` (arguments of a call), ``linker`` (all of a document).
"""

from .binding import ABSENT, bind
from .contexts import gives_list, spreads
from .linker import Program, check, link
from .scopes import BODY_SLOT, FIRST, RETURNED
