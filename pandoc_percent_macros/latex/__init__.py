"""LaTeX: running it, and what its text and its runs tell without knowing of macros. The filter loads none of it.

What goes in is a ``Job``, a text with the way to typeset it; what comes out is a ``Run``. In the order in which to
read: ``process`` (child processes), ``engine`` (one run, and what it leaves), ``ahead`` (one that begins before its
text is whole), ``interception`` (how a ``Job`` is got from pandoc), ``precompiled`` (runs that load no packages),
``leftovers`` (what a run left for the next one, kept), ``balance`` (what is left open in a text).
"""

from .ahead import CAN_RUN_AHEAD, RunAhead
from .balance import Unbalanced, culprit, unbalanced
from .engine import JOB, MOST_RUNS, Job, Run, carried, not_found, run_once, state, warnings
from .interception import Interception
from .leftovers import Leftovers
from .precompiled import FormatCache, parted
from .process import Stop, Stopped, kpsewhich, run
