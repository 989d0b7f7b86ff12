"""The one rule of pdfium's: in a process, only one thread may use it at a time (its header fpdfview.h)."""

from threading import RLock

ALONE = RLock()
