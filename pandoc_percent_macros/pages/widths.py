"""Widths of letters as PDFium takes them: it cuts off what is less than a thousandth of the type's size.

So a word at the end of a long line seems to stand a tenth of a millimetre too far to the left. Rounded, widths are as
often too large as too small.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def with_whole_widths(pdf: Path) -> bytes:
    """Return a PDF whose letters have widths of whole thousandths; it is for PDFium to measure, not to be shown."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
                for name in ("/Widths", "/W"):  # of letters of one byte, and of more
                    if name in each:
                        each[name] = _whole(each[name])
        written = BytesIO()
        document.save(written, compress_streams=False)
        return written.getvalue()


def _whole(widths: "Any") -> "Any":
    import pikepdf

    return pikepdf.Array(_whole(each) if isinstance(each, pikepdf.Array) else round(float(each)) for each in widths)
