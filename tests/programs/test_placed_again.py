"""A document with marks that is built again and again: slides alone, and the boxes of a build from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pandoc_percent_macros.build.builder import BuildResult, kept
from pandoc_percent_macros.build.live import Update
from pandoc_percent_macros.build.progress import Progress
from pandoc_percent_macros.placing.placed import PlacedDocument
from tests.conftest import EXAMPLES

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
FIELDS = ("x0", "y0", "x1", "y1")


@pytest.fixture
def talk_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlacedDocument]:
    shutil.copytree(EXAMPLES / "talk", tmp_path / "talk", ignore=shutil.ignore_patterns("talk.*pdf", "artwork"))
    monkeypatch.chdir(tmp_path / "talk")
    with PlacedDocument(["talk.md"], Progress(), kept(), again=True) as document:
        assert updated(document).is_whole
        yield document


def updated(document: PlacedDocument) -> Update:
    found = document.live.update()
    document.told(found.result)
    return found


def completed(document: PlacedDocument) -> BuildResult:
    return document.told(document.live.complete(lambda: False))


def edit(old: str, new: str) -> None:
    text = Path("talk.md").read_text("utf-8")
    assert text.count(old) == 1
    Path("talk.md").write_text(text.replace(old, new), "utf-8")


def boxes(document: PlacedDocument) -> list[tuple[object, ...]]:
    found = document.boxes()
    return [(each.call, each.page, *(round(getattr(each.box, side), 2) for side in FIELDS)) for each in found]


def fresh() -> list[tuple[object, ...]]:
    with PlacedDocument(["talk.md"], Progress(), kept()) as document:
        assert document.build()
        return boxes(document)


def test_one_more_call_typesets_its_slide_alone(talk_again: PlacedDocument) -> None:
    before = len(talk_again.boxes())
    edit("Agoranov.", "Agoranov. %%image(images/game.png, 0.1)")
    update = updated(talk_again)
    assert (update.frames, talk_again.live.gave_way) == (1, "")
    at_once = boxes(talk_again)
    assert len(at_once) == before + 1
    assert completed(talk_again).succeeded
    assert boxes(talk_again) == at_once == fresh()
    edit(" %%image(images/game.png, 0.1)", "")
    assert updated(talk_again).frames == 1
    assert boxes(talk_again) == fresh()


def test_a_changed_word_publishes_nothing_twice(talk_again: PlacedDocument) -> None:
    edit("Agoranov.", "Agora.")
    assert updated(talk_again).frames == 1
    first = talk_again.pdf.stat().st_ino
    assert completed(talk_again).succeeded
    assert talk_again.pdf.stat().st_ino == first
