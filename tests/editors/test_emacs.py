"""docs/editors/emacs.md in Emacs: the commands, and `next-error`."""

from __future__ import annotations

import json

import pytest

from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

PAGE = "editors/emacs.md"

# Runs a command in the deck's buffer, waits for it, and follows as many errors as asked for: a line of JSON for each.
DRIVER = """\
(require 'json)
(defun follow (command steps)
  (find-file (car command-line-args-left))
  (setq command-line-args-left nil)
  (call-interactively command)
  (let ((process (get-buffer-process "*percent-macros*")))
    (while compilation-in-progress (accept-process-output nil 0.1)) ; a dead process may have said more than was read
    (princ (format "%s\\n" (process-exit-status process))))
  (dotimes (step steps)
    (next-error)
    (with-current-buffer (window-buffer)
      (let ((column (1+ (- (point) (line-beginning-position)))))
        (princ (format "%s\\n" (json-encode (list (buffer-name) (line-number-at-pos) column))))))))
"""


@pytest.fixture
def follow(run, deck):
    def follow(command: str, steps: int, *settings: str) -> list[object]:
        """Return the command's exit status, and where each step came out."""
        folder = deck.path.parent
        (folder / "init.el").write_text("\n".join((block(PAGE, "elisp"), *settings, DRIVER)), "utf-8")
        call = f"(follow '{command} {steps})"
        done = run("emacs", "-Q", "--batch", "-l", "init.el", "--eval", call, deck.path.name, cwd=folder)
        assert done.status == 0, done
        return [json.loads(line) for line in done.out.splitlines() if line[:1] in "[0123456789"]

    return follow


def test_it_builds(follow, deck) -> None:
    assert follow("percent-macros-build", 0) == [0]
    assert deck.pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("command", ["build", "check"])
def test_it_jumps_to_the_fault(follow, deck, command) -> None:
    deck.misspell()
    assert follow(f"percent-macros-{command}", 1) == [1, [deck.path.name, 11, 26]]
    assert not deck.pdf.exists()


def test_it_jumps_to_what_latex_finds(follow, deck) -> None:
    deck.upset_latex()
    assert follow("percent-macros-build", 1) == [1, [deck.path.name, 6, 9]]


def test_it_goes_through_the_calls(follow, deck) -> None:
    deck.divide_by_zero()
    places = [[deck.path.name, 2, 8], [deck.path.name, 6, 20], [deck.path.name, 11, 26]]
    assert follow("percent-macros-build", 3, "(setq compilation-skip-threshold 0)") == [1, *places]


def test_calls_are_notes(follow, deck) -> None:
    deck.divide_by_zero()
    text = deck.path.read_text("utf-8")
    deck.path.write_text(text + "\n%%define half($x)\nreturn 1 / $x\n=end\n\n%%half(0)\n", "utf-8")
    # The second step is the second error, not a call that led to the first.
    assert follow("percent-macros-build", 2)[1:] == [[deck.path.name, 2, 8], [deck.path.name, 14, 8]]


def test_the_key(run, tmp_path) -> None:
    """Stand in for markdown-mode, which is no part of Emacs: a mode with a map is all that the key needs."""
    settings = "(defvar markdown-mode-map (make-sparse-keymap))\n" + block(PAGE, "elisp") + block(PAGE, "elisp", 1)
    (tmp_path / "init.el").write_text(settings + "(provide 'markdown-mode)\n", "utf-8")
    shown = '(princ (lookup-key markdown-mode-map (kbd "C-c C-b")))'
    done = run("emacs", "-Q", "--batch", "-l", "init.el", "--eval", shown)
    assert done.out == "percent-macros-build"


# Presses keys on a line of the deck at a column, undoes the last, and tells of the buffer.
MOVER = """\
(require 'json)
(defun press (line column &rest keys)
  (find-file (car command-line-args-left))
  (setq command-line-args-left nil)
  (use-local-map markdown-mode-map)
  (goto-char (point-max))
  (insert "Fin.\\n")
  (goto-char (point-min))
  (forward-line (1- line))
  (forward-char (1- column))
  (buffer-enable-undo)
  (dolist (each keys)
    (undo-boundary)
    (execute-kbd-macro (kbd each)))
  (let ((moved (buffer-string)) (line (line-number-at-pos)) (modified (buffer-modified-p)))
    (undo-boundary)
    (undo)
    (save-buffer)
    (princ (format "%s\\n" (json-encode (list moved line (if modified 1 0)))))))
"""


def test_keys_move_a_picture_and_it_can_be_undone(run, deck) -> None:
    line = deck.add_picture()
    text = deck.path.read_text("utf-8") + "Fin.\n"
    settings = (
        "(defvar markdown-mode-map (make-sparse-keymap))\n" + block(PAGE, "elisp", 2) + "(provide 'markdown-mode)\n"
    )
    folder = deck.path.parent
    (folder / "init.el").write_text(settings + MOVER, "utf-8")
    call = f'(press {line} 12 "C-u 5 C-c M-<right>" "C-c M-<up>")'
    done = run("emacs", "-Q", "--batch", "-l", "init.el", "--eval", call, deck.path.name, cwd=folder)
    assert done.status == 0, done
    shown = [json.loads(each) for each in done.out.splitlines() if each.startswith("[")]
    assert shown == [[text.replace("10mm, 20mm", "15mm, 19mm"), line, 0]]
    assert deck.path.read_text("utf-8") == text.replace("10mm, 20mm", "15mm, 20mm")
    assert "moved by 0.00,-1.00 mm" in done.err


def test_keys_where_there_is_nothing_to_move(run, deck) -> None:
    text = deck.path.read_text("utf-8")
    folder = deck.path.parent
    settings = (
        "(defvar markdown-mode-map (make-sparse-keymap))\n" + block(PAGE, "elisp", 2) + "(provide 'markdown-mode)\n"
    )
    (folder / "init.el").write_text(settings, "utf-8")
    moved = "(condition-case fault (percent-macros-move 1 1) (user-error (princ (cadr fault))))"
    call = f'(progn (find-file "{deck.path.name}") {moved})'
    done = run("emacs", "-Q", "--batch", "-l", "init.el", "--eval", call, cwd=folder)
    assert "error[PM619]: this is a definition" in done.out
    assert deck.path.read_text("utf-8") == text
