"""docs/editors/texstudio.md in TeXstudio: the user command, started from its menu; the PDF and the messages shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

# TeXstudio as a user has set it up; its scripts, which stand in for the user's hands, may write files.
SETTINGS = """\
[texmaker]
Tools\\User%20Order=percent-macros
Tools\\Display%20Names=percent-macros
Tools\\Commands\\percent-macros={command}
Scripts\\Read%20Security%20Mode=2
Scripts\\Write%20Security%20Mode=2
"""
# Chooses the command in the menu, and notes what TeXstudio's messages are fed with.
START = """\
registerAsBackgroundScript("percent-macros");
var messages = "";
var note = function (text) { messages += text + "\\n"; writeFile("HOME/messages", messages); };
buildManager.processNotification.connect(note);
buildManager.beginRunningSubCommand.connect(function (process) { process.standardErrorRead.connect(note); });
app.getManagedAction("main/tools/user/cmd0").trigger();
"""
END = """\
var shown = "";
for (var i = 0; i < pdfs.length; i++) shown += pdfs[i].fileName + "\\n";
writeFile("HOME/shown", shown);
app.fileExit();
"""


@dataclass(frozen=True)
class Outcome:
    """What the user sees in TeXstudio."""

    shown: str  # the PDF
    messages: str


def script(home: Path, number: int, trigger: str, code: str) -> None:
    """Write a macro of TeXstudio's to where it keeps them."""
    macro = {"formatVersion": 1, "name": str(number), "tag": ["%SCRIPT", *code.replace("HOME", str(home)).splitlines()]}
    empty = {"description": [""], "abbrev": "", "menu": "", "shortcut": ""}
    (home / "macro").mkdir(exist_ok=True)
    (home / "macro" / f"Macro_{number}.txsMacro").write_text(json.dumps({**macro, **empty, "trigger": trigger}))


@pytest.fixture
def build(run, deck, tmp_path):
    def build() -> Outcome:
        """Have TeXstudio open the deck, run the command and end."""
        home = tmp_path / "texstudio"
        home.mkdir()
        command = json.dumps(block("editors/texstudio.md", "text").strip())
        (home / "texstudio.ini").write_text(SETTINGS.format(command=command), "utf-8")
        script(home, 0, "?txs-start", START)
        script(home, 1, "?after-command-run", END)
        words = ("--config", str(home), "--no-session", "--start-always", deck.path.name)
        done = run("texstudio", *words, cwd=deck.path.parent, QT_QPA_PLATFORM="offscreen", HOME=str(home))
        assert done.status == 0, done
        return Outcome((home / "shown").read_text("utf-8").strip(), (home / "messages").read_text("utf-8"))

    return build


def test_it_builds_and_shows(build, deck) -> None:
    outcome = build()
    assert outcome.shown == str(deck.pdf)
    assert deck.pdf.read_bytes().startswith(b"%PDF")
    assert "error" not in outcome.messages


def test_a_fault_is_among_the_messages(build, deck) -> None:
    deck.misspell()
    outcome = build()
    assert outcome.shown == ""
    assert not deck.pdf.exists()
    assert f"{deck.path.name}:11:26: error[PM203]: unknown macro `bax`" in outcome.messages
