"""Where a call of a built document would paint if it had another text: texts go in, boxes come out.

The texts are tried through pandoc, the filter and LaTeX. The slides that the call is on with each of them are the pages
of one run of LaTeX, where a slide that is typeset alone shows the same as in the whole deck; elsewhere the whole
document is typeset with each.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from ..build.builder import Version
from ..document.transport.trial import told
from ..frames import NotTypeset, frame_with, job_of, run_alone
from ..latex import parted
from ..pages import Box, MarkedCall, balance, boxes_of
from .placed import PlacedDocument, pages_of
from .wishes import sides

_SAME = 0.02  # millimetres by which a slide alone may differ
_OWN = 1_000_000  # numbers of marks from here on are those of trials


class Trials:
    """The trials of one call."""

    def __init__(self, document: PlacedDocument, call: MarkedCall, box: Box) -> None:
        """Prepare.

        Args:
            document: it is built.
            call: one of its calls.
            box: of the call, on the first page where it shows.
        """
        self._document = document
        self._builder = document.builder
        self._versions = document.versions
        self._call = call
        self._known = box
        self._with_marks: Box | None = None  # the same where the whole document is typeset
        self._boxes: dict[str, Box | None] = {call.text: box}
        self._can_be_alone: bool | None = None  # None where it is not known yet
        self._alike: Path | None = None
        self._runs = 0

    def boxes(self, texts: Sequence[str]) -> list[Box | None]:
        """Return the box with each text, on the first page where it shows; None where it fails, or nothing shows."""
        call = self._call
        todo = [each for each in dict.fromkeys(texts) if each not in self._boxes]
        made = self._versions.make([told(call.file, call.line, call.column, each) for each in todo])
        versions = {text: version for text, version in zip(todo, made, strict=True) if version}
        self._boxes |= dict.fromkeys(todo)
        if versions:
            self._boxes |= self._typeset(versions)
        return [self._boxes[each] for each in texts]

    def _typeset(self, versions: dict[str, Version]) -> dict[str, Box | None]:
        if self._can_be_alone is None:
            itself = self._itself()
            found = self._alone([*versions.values(), *([itself] if itself else [])])
            self._can_be_alone = bool(found and itself and _are_same(found.pop(), self._known))
        else:
            found = self._alone([*versions.values()]) if self._can_be_alone else None
        if found is None or not self._can_be_alone:
            found = [self._corrected(self._whole(each)) for each in versions.values()]
        return dict(zip(versions, found, strict=True))

    def _itself(self) -> Version | None:
        """Return the document as it is."""
        call, shown = self._call, self._builder.shown
        if shown and call in shown.marked:
            return shown
        return self._versions.make([told(call.file, call.line, call.column, call.text)])[0]

    def _number(self, version: Version) -> int | None:
        """Return the number of the call's marks."""
        call = self._call
        place = (call.file, call.line, call.column)
        numbers = (at for at, each in enumerate(version.marked) if (each.file, each.line, each.column) == place)
        return next(numbers, None)

    def _alone(self, versions: Sequence[Version]) -> list[Box | None] | None:
        """Return the boxes where the call's slides are typeset alone; None where that can't be."""
        frames = []
        preambles = {(parted(each.job.tex) or ("", ""))[0] for each in versions}
        for own, each in enumerate(versions, _OWN):
            number = self._number(each)
            frame = frame_with(each.job.tex, f"\\PercentMacrosBegin{{{number}}}")
            if frame is None or len(preambles) > 1:
                return None
            frames.append(re.sub(rf"(\\PercentMacros(?:Begin|End))\{{{number}\}}", rf"\g<1>{{{own}}}", frame))
        numbers = [*range(_OWN, _OWN + len(frames))]
        try:
            boxes = self._run(versions[0], frames)
            return [boxes.get(each) for each in numbers]
        except NotTypeset:
            pass
        found = []
        for number, version, frame in zip(numbers, versions, frames, strict=True):
            try:
                found.append(self._run(version, [frame]).get(number))
            except NotTypeset:
                found.append(None)
        return found

    def _run(self, version: Version, frames: Sequence[str]) -> dict[int, Box]:
        format_file, job = self._builder.precompiled(job_of(version.job, frames))
        self._runs += 1
        output = self._document.folder / f"trial-{self._runs}"
        run = run_alone(job, output, self._builder.left, format_file, alike=self._alike)
        self._alike = output
        return _first_boxes(run.pdf)

    def _corrected(self, box: Box | None) -> Box | None:
        """Return a box without what marks change: the build was made so that they change nothing, trials are not."""
        if box is None:
            return None
        if self._with_marks is None:
            itself = self._itself()
            self._with_marks = (itself and self._whole(itself)) or self._known
        shown, known = sides(self._with_marks), sides(self._known)
        return Box(*(side + after - before for side, before, after in zip(sides(box), shown, known, strict=True)))

    def _whole(self, version: Version) -> Box | None:
        number = self._number(version)
        run = self._builder.typeset_beside(version.job, self._document.folder / "trial")
        if not run.succeeded or number is None:
            return None
        return _first_boxes(run.pdf).get(number)


def _first_boxes(pdf: Path) -> dict[int, Box]:
    """Return the box of each call on the first page where it shows."""
    balance(pdf)
    boxes: dict[int, Box] = {}
    for page in pages_of(pdf):
        boxes = {**boxes_of(page.painted), **boxes}
    return boxes


def _are_same(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _SAME for a, b in zip(sides(one), sides(other), strict=True))
