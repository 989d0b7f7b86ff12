"""A PDF as PDFium can measure it: with what it would leave out of account, or is not able to tell.

It cuts off what is less than a thousandth of the type's size from the widths of letters, so that a word at the end of a
long line seems to stand a tenth of a millimetre too far to the left. Rounded, widths are as often too large as too
small.

Of a picture in PDF it tells the ink. The bounds of its frame, by which it is placed (ISO 32000-1, 8.10.1), are put into
it as those of a path that all in it is clipped by.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def measurable(pdf: Path) -> bytes:
    """Return a PDF whose letters have whole widths, and whose pictures tell their frames; it is not to be shown."""
    import pikepdf

    with pikepdf.open(pdf) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and _is_picture(each):
                each.write(_frame(*map(float, each.BBox)) + each.read_bytes())
            elif isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
                for name in ("/Widths", "/W"):  # of letters of one byte, and of more
                    if name in each:
                        each[name] = _whole(each[name])
        written = BytesIO()
        document.save(written, compress_streams=False)
        return written.getvalue()


def _frame(left: float, bottom: float, right: float, top: float) -> bytes:
    """Return code that clips by a triangle of these bounds: PDFium forgets a rectangle that all is inside of."""
    return f"{left:f} {bottom:f} m {right:f} {bottom:f} l {right:f} {top:f} l h W n\n".encode()


def _is_picture(stream: "Any") -> bool:
    """Return whether a stream is a form that may be a picture, and not a group of TikZ's, which has no frame to see."""
    is_form = stream.get("/Subtype") == "/Form" and "/BBox" in stream
    return is_form and ("/Group" not in stream or "/PTEX.PageNumber" in stream)  # pdfTeX and LuaTeX put that there


def _whole(widths: "Any") -> "Any":
    import pikepdf

    return pikepdf.Array(_whole(each) if isinstance(each, pikepdf.Array) else round(float(each)) for each in widths)
