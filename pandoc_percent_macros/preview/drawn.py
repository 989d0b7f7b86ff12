"""Pictures of pages, drawn when they are asked for, and kept by what the pages show."""

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock

from ..pages.pdfium import ALONE

WIDEST = 4096  # pixels
_MOST_BYTES = 96 << 20
_QUALITY = 95  # of JPEG, which takes a fifth of the time that PNG does


class Pictures:
    """Pictures of the pages of one document, whatever version of it is shown. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._bytes = 0
        self._pdf = b""
        self._numbers: dict[str, int] = {}

    def load(self, pdf: Path, keys: Sequence[str]) -> None:
        """Take a version of the document: its PDF, and a key for each page, the same where pages show the same."""
        data = pdf.read_bytes()
        with self._lock:
            self._pdf = data
            self._numbers = {key: number for number, key in enumerate(keys)}

    def jpeg(self, key: str, width: int) -> bytes | None:
        """Return a page as JPEG, so many pixels wide; None for one that is not in the document any more."""
        with self._lock:
            if (key, width) in self._kept:
                self._kept.move_to_end((key, width))
                return self._kept[key, width]
            number, pdf = self._numbers.get(key), self._pdf
        if number is None:
            return None
        drawn = _drawn(pdf, number, width)
        with self._lock:
            if (key, width) not in self._kept:
                self._kept[key, width] = drawn
                self._bytes += len(drawn)
            while self._bytes > _MOST_BYTES and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return drawn


def _drawn(pdf: bytes, number: int, width: int) -> bytes:
    import pypdfium2

    with ALONE:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number]
            picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        finally:
            document.close()
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()
