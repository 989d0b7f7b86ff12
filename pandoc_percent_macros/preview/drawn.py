"""Pictures of pages, drawn when they are asked for, and kept by what the pages show."""

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock, Thread

from ..pages.pdfium import ALONE

WIDEST = 4096  # pixels
_LARGE = 400  # pixels: no thumbnail
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
        self._width = 0  # of the last large picture that a window asked for

    def load(self, pdf: Path, keys: Sequence[str]) -> None:
        """Take a version of the document: its PDF, and a key for each page, the same where pages show the same."""
        data = pdf.read_bytes()
        with self._lock:
            new = next((key for key in keys if key not in self._numbers), None)
            self._pdf = data
            self._numbers = {key: number for number, key in enumerate(keys)}
        if new and self._width:  # windows will ask for it
            Thread(target=self.jpeg, args=(new, self._width), daemon=True).start()

    def jpeg(self, key: str, width: int) -> bytes | None:
        """Return a page as JPEG, so many pixels wide; None for one that is not in the document any more."""
        if width >= _LARGE:
            self._width = width
        if found := self._found(key, width):
            return found
        with ALONE:  # others that ask for the same wait here, and find it
            if found := self._found(key, width):
                return found
            with self._lock:
                number, pdf = self._numbers.get(key), self._pdf
            if number is None:
                return None
            drawn = _drawn(pdf, number, width)
            self._keep(key, width, drawn)
        return drawn

    def _found(self, key: str, width: int) -> bytes | None:
        with self._lock:
            if (key, width) not in self._kept:
                return None
            self._kept.move_to_end((key, width))
            return self._kept[key, width]

    def _keep(self, key: str, width: int, drawn: bytes) -> None:
        with self._lock:
            self._kept[key, width] = drawn
            self._bytes += len(drawn)
            while self._bytes > _MOST_BYTES and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1])


def _drawn(pdf: bytes, number: int, width: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number]
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return buffer.getvalue()
