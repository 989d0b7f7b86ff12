"""The keys of docs/editors that lead from a line to its slide: each in its editor, with one preview that runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.command_lines import expanded
from ..support.pages import block
from ..support.previews import Previewed, previewed, until

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
VIM = block("editors/vim.md", "vim", 3)
EMACS = "(defvar markdown-mode-map (make-sparse-keymap))\n" + block("editors/emacs.md", "elisp", 3)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    with previewed(tmp_path_factory.mktemp("mon exposé")) as found:
        until(found.view, lambda view: view["pages"] and "start" in view["pages"][-1])
        yield found


def asked(preview: Previewed) -> tuple[int, int]:
    """Return how often a slide was asked for, and the last one."""
    count, page = preview.status()["goto"]
    return count, page


@pytest.mark.parametrize(("editor", "name"), [(("vim", "-N", "-es"), "vimrc"), (("nvim", "--headless"), "init.vim")])
def test_vim(run, preview, tmp_path: Path, editor: tuple[str, ...], name: str) -> None:
    count, _ = asked(preview)
    (tmp_path / name).write_text(f"filetype plugin on\n{VIM}")
    keys = ("+24", "-c", r'execute "normal \\s"', "-c", "qa!")
    done = run(*editor, "-u", tmp_path / name, "talk.md", *keys, cwd=preview.folder)
    assert done.status == 0, done
    assert asked(preview) == (count + 1, 2)


def test_emacs(run, preview, tmp_path: Path) -> None:
    count, _ = asked(preview)
    (tmp_path / "init.el").write_text(f"{EMACS}(provide 'markdown-mode)\n")
    there = '(find-file "talk.md") (use-local-map markdown-mode-map) (goto-line 34)'
    press = f'(progn {there} (execute-kbd-macro (kbd "C-c C-v")))'
    done = run("emacs", "-Q", "--batch", "-l", tmp_path / "init.el", "--eval", press, cwd=preview.folder)
    assert done.status == 0, done
    assert asked(preview) == (count + 1, 3)


def test_emacs_without_a_preview(run, tmp_path: Path) -> None:
    (tmp_path / "init.el").write_text(EMACS)
    (tmp_path / "a.md").write_text("text\n")
    shown = '(progn (find-file "a.md") (condition-case fault (percent-macros-show) (user-error (princ (cadr fault)))))'
    done = run("emacs", "-Q", "--batch", "-l", "init.el", "--eval", shown)
    assert "error[PM623]: no preview of" in done.out


def test_vscode(run, preview) -> None:
    """VS Code is not in Debian: the task's command, as it starts that."""
    count, _ = asked(preview)
    task = json.loads(block("editors/vscode.md", "json", 1))
    (key,) = json.loads(block("editors/vscode.md", "json", 2))
    assert key["args"] == task["label"]
    variables = {"file": str(preview.folder / "talk.md"), "lineNumber": "16"}
    assert run(*expanded([task["command"], *task["args"]], variables)).status == 0
    assert asked(preview) == (count + 1, 1)
