"""Frames by themselves: of a deck that LaTeX has typeset once, only some slides are typeset again.

What goes in is a ``Job``, as pandoc hands it to LaTeX, and what a full run of it left; what comes out is a PDF in which
the pages of changed frames are exchanged, or the reason why all of it has to be typeset. In the order in which to read:
``deck`` (the frames of a LaTeX text), ``states`` (what a full run tells of itself around each frame), ``alone``
(running LaTeX on some frames), ``exchange`` (pages put into a PDF), ``sameness`` (whether two PDFs show the same),
``changed`` (all of it together); ``versions`` is for trying several versions of one frame.
"""

from .alone import NotTypeset, run_alone
from .changed import ChangedFrames, Exchanged, has_frames, is_available
from .versions import frame_with, job_of
