"""What the pages of a PDF show of which call: a PDF with marks goes in, boxes and what is in them come out.

The marks are commands around what calls give, which the filter puts into the LaTeX when it is asked to. Nothing here
knows of documents: calls are numbers.
"""

from .boxes import Box, MarkedPdf, Painted, boxes_of
from .carrying import carry
from .mark_commands import with_definitions
from .meaning import MarkedCall, read_marked
from .numbering import Numbering
from .requirements import require
from .wholeness import balance
