"""docs/editors/vim.md in Vim and in Neovim: `:make`, the quickfix list, the jump."""

from __future__ import annotations

import json

import pytest

from ..support.pages import block

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]

PAGE = "editors/vim.md"
VIM = ("vim", "-N", "-es")
NEOVIM = ("nvim", "--headless", "-n")
CONFIGURED = [
    pytest.param(VIM, "vimrc", "filetype plugin on\n" + block(PAGE, "vim"), id="vim"),
    pytest.param(NEOVIM, "init.vim", block(PAGE, "vim"), id="neovim"),
    pytest.param(NEOVIM, "init.lua", block(PAGE, "lua"), id="neovim-lua"),
]
CHECKED = [
    pytest.param(VIM, "vimrc", "filetype plugin on\n" + block(PAGE, "vim") + block(PAGE, "vim", 1), id="vim"),
    pytest.param(NEOVIM, "init.vim", block(PAGE, "vim") + block(PAGE, "vim", 1), id="neovim"),
]

MOVING = [
    pytest.param(VIM, "vimrc", "filetype plugin on\n" + block(PAGE, "vim", 2), id="vim"),
    pytest.param(NEOVIM, "init.lua", f"vim.cmd([[\n{block(PAGE, 'vim', 2)}\n]])", id="neovim-lua"),
]

# Where the cursor is, and the quickfix list: the file and what Vim has understood of each line.
REPORT = """\
let s:where = expand('%') . ':' . line('.') . ':' . col('.')
let s:windows = map(range(1, winnr('$')), {_, n -> getbufvar(winbufnr(n), '&buftype')})
let s:list = map(getqflist(), {_, e -> [bufname(e.bufnr), e.lnum, e.col, e.type, e.nr, e.text]})
call writefile([json_encode([s:where, s:windows, s:list])], 'report.json')
"""


@pytest.fixture
def edit(run, deck):
    """Run commands in an editor on the deck; return the report."""

    def edit(editor: tuple[str, ...], name: str, settings: str, *commands: str):
        folder = deck.path.parent
        (folder / name).write_text(settings, "utf-8")
        (folder / "report.vim").write_text(REPORT, "utf-8")
        words = [word for each in ("1", *commands, "source report.vim", "qa!") for word in ("-c", each)]
        done = run(*editor, "-u", name, deck.path.name, *words, cwd=folder)
        assert (folder / "report.json").exists(), done
        return json.loads((folder / "report.json").read_text("utf-8"))

    return edit


@pytest.mark.parametrize(("editor", "name", "settings"), CONFIGURED)
def test_make_builds(edit, deck, editor, name, settings) -> None:
    where, _, entries = edit(editor, name, settings, "silent make")
    assert deck.pdf.read_bytes().startswith(b"%PDF")
    assert where == f"{deck.path.name}:1:1"
    assert not [entry for entry in entries if entry[0]]


@pytest.mark.parametrize(("editor", "name", "settings"), CONFIGURED)
def test_make_jumps_to_the_fault(edit, deck, editor, name, settings) -> None:
    deck.misspell()
    where, _, entries = edit(editor, name, settings, "silent make")
    assert not deck.pdf.exists()
    assert where == f"{deck.path.name}:11:27"  # in bytes
    assert [entry for entry in entries if entry[0]] == [[deck.path.name, 11, 26, "e", 203, "unknown macro `bax`"]]
    shown = [entry[5] for entry in entries]
    assert not [text for text in shown if "|" in text]
    assert any(text.startswith("   hint: did you mean `box`") for text in shown)


@pytest.mark.parametrize(("editor", "name", "settings"), CONFIGURED[:2])
def test_make_jumps_to_what_latex_finds(edit, deck, editor, name, settings) -> None:
    deck.upset_latex()
    where, _, entries = edit(editor, name, settings, "silent make")
    assert where == f"{deck.path.name}:6:9"
    assert [entry for entry in entries if entry[0]] == [
        [deck.path.name, 6, 9, "e", 501, "LaTeX: Undefined control sequence \\fbux"],
        [deck.path.name, 11, 26, "I", -1, "the call of `box`"],
    ]


@pytest.mark.parametrize(("editor", "name", "settings"), CONFIGURED)
def test_cnext_goes_through_the_calls(edit, deck, editor, name, settings) -> None:
    deck.divide_by_zero()
    where, _, entries = edit(editor, name, settings, "silent make", "cnext", "cnext")
    assert where == f"{deck.path.name}:11:27"  # in bytes
    assert [entry for entry in entries if entry[0]] == [
        [deck.path.name, 2, 8, "e", 304, "division by zero"],
        [deck.path.name, 6, 20, "I", -1, "the call of `third`"],
        [deck.path.name, 11, 26, "I", -1, "the call of `box`"],
    ]


@pytest.mark.parametrize(("editor", "name", "settings"), CHECKED)
def test_a_save_checks(edit, deck, editor, name, settings) -> None:
    deck.misspell()
    where, windows, entries = edit(editor, name, settings, "write")
    assert where == f"{deck.path.name}:1:1"
    assert windows == ["", "quickfix"]
    assert entries == [[deck.path.name, 11, 26, "e", 203, "unknown macro `bax`"]]
    assert not deck.pdf.exists()


@pytest.mark.parametrize(("editor", "name", "settings"), CHECKED)
def test_a_save_of_what_is_mended_closes_the_window(edit, deck, editor, name, settings) -> None:
    deck.misspell()
    _, windows, entries = edit(editor, name, settings, "write", "%s/bax/box/", "write")
    assert (windows, entries) == ([""], [])


@pytest.mark.parametrize(("editor", "name", "settings"), MOVING)
def test_keys_move_a_picture_and_it_can_be_undone(edit, deck, editor, name, settings) -> None:
    """The buffer has changes that are not saved yet, and the cursor stays where it is."""
    line = deck.add_picture()
    text = deck.path.read_text("utf-8").replace(" fin.", " la fin.")
    keys = [f'execute "normal {each}"' for each in (r"5\\\<Right>", r"\\\<Up>")]
    commands = ("%s/ fin\\.$/ la fin./", f"call setcursorcharpos({line}, 12)", *keys)
    where, _, _ = edit(editor, name, settings, *commands, "call writefile(getline(1, '$'), 'buffer')", "undo", "write")
    buffer = (deck.path.parent / "buffer").read_text("utf-8")
    assert buffer == text.replace("10mm, 20mm", "15mm, 19mm")
    assert deck.path.read_text("utf-8") == text.replace("10mm, 20mm", "15mm, 20mm")
    assert where.split(":")[1] == str(line)


@pytest.mark.parametrize(("editor", "name", "settings"), MOVING[:1])
def test_keys_where_there_is_nothing_to_move(edit, deck, editor, name, settings) -> None:
    deck.add_picture()
    text = deck.path.read_text("utf-8")
    said = "redir! > said", r'execute "normal \\\<Right>"', "redir END"
    edit(editor, name, settings, *said)
    assert "error[PM619]: this is a definition" in (deck.path.parent / "said").read_text("utf-8")
    assert deck.path.read_text("utf-8") == text
