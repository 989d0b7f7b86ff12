"""From checked trees to closures, and running them.

A ``Program`` and a ``Call`` go in, a ``Result`` comes out. To read in this order: ``closures`` (what runs),
``expressions``, ``matches`` (patterns) and ``statements`` (from nodes to closures), ``machine`` (macros that call each
other), ``session`` (a document).
"""

from .machine import Machine, Unit
from .session import Session
