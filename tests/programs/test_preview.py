"""``percent-macros preview``, asked over HTTP: who is answered, what is written, and what is not."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT, Run
from ..support.previews import DECK, LONGEST, Previewed, previewed, until

pytestmark = [pytest.mark.pandoc, pytest.mark.tex]
JSON = {"Content_Type": "application/json"}


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    folder = tmp_path_factory.mktemp("preview")
    opener = folder / "editor"
    opener.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >> "$(dirname "$0")/opened"\n')
    opener.chmod(0o755)
    with previewed(folder, "talk.md", "--editor", f"{opener} {{file}} {{line}} {{column}}") as found:
        found.settled()
        yield found


@pytest.fixture(autouse=True)
def _as_it_was(preview: Previewed) -> Iterator[None]:
    yield
    if preview.text != DECK:
        seen = preview.status()["view"]
        preview.write(DECK)
        preview.settled(seen)


def call(preview: Previewed, text: str) -> dict[str, object]:
    found: dict[str, object] = next(each for each in preview.view()["calls"].values() if each["text"].startswith(text))
    return found


def test_what_there_is_to_see(preview: Previewed) -> None:
    view = preview.view()
    assert [len(page["boxes"]) for page in view["pages"]] == [0, 2, 1, 0]
    number, x0, y0, *_ = next(box for box in view["pages"][1]["boxes"] if view["calls"][str(box[0])]["line"] == 22)
    assert (x0, y0) == (pytest.approx(70, abs=0.01), pytest.approx(60, abs=0.01))
    assert view["calls"][str(number)]["text"] == "%%picture(70mm, 60mm, 20mm)"
    key = view["pages"][1]["key"]
    status, headers, picture = preview.ask(f"{preview.path}pages/{key}/640.jpg")
    assert (status, headers["content-type"], picture[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")


def test_a_word_changes_one_page(preview: Previewed) -> None:
    before = preview.view()
    preview.replace("Plain words", "Other words")
    preview.settled(before["number"])
    keys = [page["key"] for page in preview.view()["pages"]]
    same = [old["key"] == new for old, new in zip(before["pages"], keys, strict=True)]
    assert same == [False, True, True, True]


def test_a_move_is_written_and_undone(preview: Previewed) -> None:
    seen = preview.status()["view"]
    status, answer = preview.do("move", {**call(preview, "%%put("), "by": [-3, 4.5]})
    assert (status, answer["text"]) == (200, "%%put(37mm, 34.5mm, MOVED)")
    assert preview.text == DECK.replace("40mm, 30mm", "37mm, 34.5mm")
    assert "37mm" in preview.settled(seen)["undo"]
    assert preview.do("undo", {})[0] == 200
    assert preview.text == DECK
    assert preview.do("redo", {})[0] == 200
    assert preview.text == DECK.replace("40mm, 30mm", "37mm, 34.5mm")


def test_resizing_keeps_the_corner(preview: Previewed) -> None:
    asked = {**call(preview, "%%picture("), "to": [70, 60], "width": 31.5}
    status, answer = preview.do("move", asked)
    assert (status, answer["text"]) == (200, "%%picture(70mm, 60mm, 31.5mm)")


def test_what_can_not_be_moved_says_why(preview: Previewed) -> None:
    status, answer = preview.do("move", {**call(preview, "%%image("), "by": [5, 5]})
    assert (status, answer["code"]) == (409, "PM620")
    assert preview.text == DECK


def test_two_writers_lose_nothing(preview: Previewed) -> None:
    """A call that has changed since the window saw it is not moved, and what others wrote is not undone."""
    seen = preview.status()["view"]
    old = call(preview, "%%put(")
    assert preview.do("move", {**old, "by": [1, 0]})[0] == 200
    preview.settled(seen)
    mine = preview.text.replace("The last words.", "The last words, and more.")
    preview.write(mine)
    status, answer = preview.do("undo", {})
    assert (status, answer["code"]) == (409, "PM621")
    assert preview.do("move", {**old, "by": [1, 0]})[0] == 409
    assert preview.text == mine


def test_an_error_is_told_at_its_line_and_the_slides_stay(preview: Previewed) -> None:
    before = preview.view()
    preview.replace("Text of the second", "Text of the \\undefined second")
    status = until(preview.status, lambda found: found["failed"] and not found["building"])
    (found,) = status["diagnostics"]
    assert (found["place"]["file"], found["place"]["line"]) == ("talk.md", 24)
    assert found["excerpt"]["marked"].startswith("\\undefined")
    assert preview.view() == before
    preview.replace("\\undefined ", "")
    status = until(preview.status, lambda found: not found["failed"] and not found["building"])
    assert [each for each in status["diagnostics"] if each["severity"] == "error"] == []


def test_a_line_is_opened_in_the_editor(preview: Previewed) -> None:
    assert preview.do("open", {"file": "talk.md", "line": 20, "column": 3}) == (200, {})
    opened = preview.folder / "opened"
    until(opened.is_file, bool)
    assert until(lambda: opened.read_text().split("\n"), lambda lines: len(lines) == 4) == [
        str(preview.folder / "talk.md"),
        "20",
        "3",
        "",
    ]


@pytest.mark.parametrize("name", ["/etc/passwd", "../talk.md", "other.md", "", "talk.md\0", "-talk.md"])
def test_only_files_of_the_document_are_opened(preview: Previewed, name: str) -> None:
    assert preview.do("open", {"file": name, "line": 1})[0] == 400


def looked(preview: Previewed) -> list[dict[str, Any]]:
    """Return the pages, once they were looked at closely."""
    pages: list[dict[str, Any]] = until(lambda: preview.view()["pages"], lambda pages: "title" in pages[-1])
    return pages


def test_texts_notes_and_findings_are_known_by_their_lines(preview: Previewed) -> None:
    pages = looked(preview)
    assert [page["title"] for page in pages] == ["First", "Second", "Third", "Fourth"]
    assert [(each["text"], each["place"]["line"]) for each in pages[0]["texts"]] == [
        ("First", 14),
        ("Plain words of the first slide.", 16),
    ]
    assert [page["notes"] for page in pages] == ["", "Say hello.", "", ""]
    (finding,) = pages[3]["findings"]
    assert (finding["place"]["line"], "contrast" in finding["message"]) == (38, True)
    assert [each["code"] for each in preview.status()["diagnostics"]] == ["PM556"]


@pytest.mark.parametrize(("line", "page"), [(14, 1), (16, 1), (18, 2), (22, 2), (24, 2), (32, 3), (34, 3), (38, 4)])
def test_a_line_leads_to_its_slide(preview: Previewed, line: int, page: int) -> None:
    looked(preview)
    status, _, body = preview.ask(f"{preview.path}line?file=talk.md&line={line}")
    assert (status, json.loads(body)) == (200, {"page": page})
    assert preview.status()["goto"][1] == page


def test_an_editor_finds_the_preview_of_its_file(preview: Previewed, run: Run) -> None:
    looked(preview)
    done = run("percent-macros", "preview", "--goto", f"{preview.folder / 'talk.md'}:34")
    assert (done.status, done.err) == (0, "")
    assert preview.status()["goto"][1] == 3


def test_no_preview_runs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(DECK)
    done = run("percent-macros", "preview", "--goto", "talk.md:3")
    assert done.status == 1
    assert "error[PM623]: no preview of talk.md runs" in done.err


def test_lines_that_lead_nowhere(preview: Previewed) -> None:
    assert preview.ask(f"{preview.path}line?file=/etc/passwd&line=1")[0] == 404
    assert preview.ask(f"{preview.path}line?file=talk.md&line=-1")[0] == 400


# Attacks

MOVE = json.dumps({"file": "talk.md", "line": 20, "column": 1, "text": "%%put(40mm, 30mm, MOVED)", "by": [1, 1]})


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "localhost", "", "127.0.0.1:1", "[::1]:80"])
def test_another_host_gets_nothing(preview: Previewed, host: str) -> None:
    assert preview.ask(preview.path, Host=host)[0] in (400, 421)


def test_a_request_without_a_host(preview: Previewed) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=LONGEST) as sender:
        sender.sendall(f"GET {preview.path} HTTP/1.0\r\n\r\n".encode())
        assert b" 421 " in sender.recv(1000).split(b"\n")[0]


@pytest.mark.parametrize("token", ["", "x", "%C3%A9", "%00", "..", "A" * 32, "A" * 10_000])
def test_another_token_gets_nothing(preview: Previewed, token: str) -> None:
    for path in ("", "now/view", "now/events", "main.mjs", "line?file=talk.md&line=1"):
        status, _, body = preview.ask(f"/{token}/{path}")
        assert status == 404
        assert b"talk" not in body


@pytest.mark.parametrize("origin", ["http://example.org", "null", "http://127.0.0.1", "https://{host}", "", "{host}"])
def test_another_page_may_not_write(preview: Previewed, origin: str) -> None:
    headers = {**JSON, "Origin": origin.format(host=preview.host)}
    assert preview.ask(f"{preview.path}do/move", "POST", MOVE.encode(), **headers)[0] == 403
    assert preview.text == DECK


def test_a_page_that_says_nothing_of_itself_may_not_write(preview: Previewed) -> None:
    assert preview.ask(f"{preview.path}do/move", "POST", MOVE.encode(), **JSON)[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_can_send_is_not_taken(preview: Previewed, kind: str) -> None:
    headers = {"Origin": f"http://{preview.host}", "Content_Type": kind}
    assert preview.ask(f"{preview.path}do/move", "POST", MOVE.encode(), **headers)[0] == 415


@pytest.mark.parametrize(
    "path", ["../talk.md", "..%2ftalk.md", "%2e%2e/server.py", "now/../../etc/passwd", "server.py"]
)
def test_paths_lead_nowhere(preview: Previewed, path: str) -> None:
    assert preview.ask(preview.path + path)[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods(preview: Previewed, method: str) -> None:
    assert preview.ask(f"{preview.path}now/view", method)[0] == 405


BODIES = [
    b"",
    b"[]",
    b"nonsense",
    b"{}",
    b'{"file": "talk.md"}',
    b"[" * 50_000,
    MOVE.replace("[1, 1]", "[1e400, 1]").encode(),
    MOVE.replace("[1, 1]", "[NaN, 1]").encode(),
    MOVE.replace("[1, 1]", '["x", {}]').encode(),
    MOVE.replace("[1, 1]", "[1, 2, 3]").encode(),
    MOVE.replace("20", '"20;"').encode(),
]


@pytest.mark.parametrize("body", BODIES)
def test_bodies_that_make_no_sense(preview: Previewed, body: bytes) -> None:
    headers = {**JSON, "Origin": f"http://{preview.host}"}
    assert preview.ask(f"{preview.path}do/move", "POST", body, **headers)[0] == 400
    assert preview.text == DECK


@pytest.mark.parametrize("name", ["/etc/passwd", "../talk.md", "fixed.png"])
def test_no_other_file_is_written(preview: Previewed, name: str) -> None:
    asked = {**json.loads(MOVE), "file": name}
    assert preview.do("move", asked)[0] == 409


def test_a_body_that_is_too_large(preview: Previewed) -> None:
    headers = {**JSON, "Origin": f"http://{preview.host}"}
    assert preview.ask(f"{preview.path}do/move", "POST", b" " * 100_000, **headers)[0] == 413
    with socket.create_connection(("127.0.0.1", preview.port), timeout=LONGEST) as sender:
        lines = [f"POST {preview.path}do/move HTTP/1.1", f"Host: {preview.host}", f"Origin: http://{preview.host}"]
        lines += ["Content-Type: application/json", "Transfer-Encoding: chunked", "", ""]
        sender.sendall("\r\n".join(lines).encode())
        for _ in range(20):
            sender.sendall(b"2000\r\n" + b" " * 0x2000 + b"\r\n")
        assert b" 408 " in sender.recv(1000).split(b"\n")[0]


def test_connections_that_say_nothing_are_closed(preview: Previewed) -> None:
    """Meanwhile others are answered."""
    silent = [socket.create_connection(("127.0.0.1", preview.port), timeout=LONGEST) for _ in range(50)]
    silent[0].sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert preview.ask(preview.path)[0] == 200
    assert silent[0].recv(1000) == silent[-1].recv(1000) == b""
    for each in silent:
        each.close()


def test_windows_that_read_nothing_are_few(preview: Previewed) -> None:
    opened = []
    for _ in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONGEST)
        connection.request("GET", f"{preview.path}now/events")
        opened.append((connection, connection.getresponse().status))
    assert {status for _, status in opened} == {200, 503}
    for connection, _ in opened:
        connection.close()
    until(lambda: preview.ask(f"{preview.path}now/view")[0], lambda status: status == 200)
    until(lambda: _first_status(preview), lambda status: status == 200)


def _first_status(preview: Previewed) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=LONGEST)
    connection.request("GET", f"{preview.path}now/events")
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_policy_of_the_page(preview: Previewed) -> None:
    _, headers, body = preview.ask(preview.path)
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[each] for each in ("script-src", "style-src", "img-src", "connect-src")} == {"'self'"}
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
    assert b"<style" not in body
    assert b"http" not in body.replace(b"http-equiv", b"")


def test_it_listens_on_this_machine_alone(preview: Previewed) -> None:
    others = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in (each for each in others if not each.startswith("127.")):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, preview.port), timeout=5)


# The program


def test_a_port_that_is_taken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text(DECK)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("percent-macros", "preview", "talk.md", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.status == 1
    assert "error[PM622]: can't listen on port" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("talk.md", "-t", "docx"), "no PDF by LaTeX"),
        (("--editor", "vim", "talk.md"), "needs a terminal"),
        (("--editor", "nothing-such", "talk.md"), "no program nothing-such"),
        ((), "names no document"),
    ],
)
def test_command_lines_that_can_not_be_followed(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "talk.md").write_text(DECK)
    done = run("percent-macros", "preview", *words, "--no-browser")
    assert done.status == 2
    assert said in done.err


def test_without_the_packages(run: Run, tmp_path: Path) -> None:
    """PM618: what is to be installed is said, by the names of the packages."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['PIL'] = sys.modules['uvicorn'] = None\n")
    done = run("percent-macros", "preview", "talk.md", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.status == 1
    assert "error[PM618]: this needs uvicorn and pillow, which are not installed" in done.err


def test_a_document_that_is_broken_from_the_start(tmp_path: Path) -> None:
    with previewed(tmp_path, "-V", "theme=Nothing", "talk.md") as preview:
        status = until(preview.status, lambda found: found["failed"])
        assert status["view"] == 0
        assert status["diagnostics"]
    assert not [each for each in os.listdir(tmp_path) if each not in ("talk.md", "fixed.png")]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_and_leaves_nothing(tmp_path: Path, end: signal.Signals) -> None:
    """At once, also while LaTeX runs."""
    variables = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()
    with previewed(tmp_path, **variables) as preview:
        (record,) = (tmp_path / "cache/percent-macros/previews").iterdir()
        assert record.stat().st_mode & 0o777 == 0o600
        assert preview.address in record.read_text()
        preview.process.send_signal(end)
        assert preview.process.wait(LONGEST) == (0 if end == signal.SIGINT else 128 + end)
        assert not record.exists()
        assert os.listdir(tmp_path / "temporary") == []


def test_ten_saves_in_a_row_leave_nothing_behind(tmp_path: Path) -> None:
    with previewed(tmp_path) as preview:
        preview.settled()
        before = _children(preview.process.pid)
        for number in range(10):
            preview.write(DECK.replace("Plain words", f"Words {number}"))
            time.sleep(0.15)
        keys = {page["key"] for page in preview.view()["pages"]}
        until(lambda: "Words 9" in preview.text and not preview.status()["building"], bool)
        assert len(keys) == 4
        assert _children(preview.process.pid) == before
    assert sorted(os.listdir(tmp_path)) == ["fixed.png", "talk.md"]


def _children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


# HTML


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    folder = tmp_path_factory.mktemp("web")
    (folder / ".secret").write_text("secret")
    (folder / "out").symlink_to("/etc")
    with previewed(folder, "talk.md", "-t", "html", "-M", "title=Talk") as found:
        found.settled()
        yield found


def test_a_page_of_html_is_shown_in_a_frame_of_its_own(web: Previewed) -> None:
    view = web.view()
    assert (view["kind"], view["pages"]) == ("html", [])
    status, headers, body = web.ask(view["frame"])
    assert (status, b"Plain words of the first slide." in body) == (200, True)
    assert headers["content-security-policy"].startswith("sandbox allow-scripts;")
    assert web.ask(f"{view['frame']}fixed.png")[1]["content-type"] == "image/png"
    # What runs in the frame knows its own address, and can do nothing with it.
    assert web.ask(f"{view['frame']}now/view")[0] == 404
    headers = {**JSON, "Origin": f"http://{web.host}"}
    assert web.ask(f"{view['frame']}do/open", "POST", b"{}", **headers)[0] in (404, 405)
    assert web.ask(f"{web.path}do/open", "POST", b"{}", **{**headers, "Origin": "null"})[0] == 403


@pytest.mark.parametrize(
    "name", ["../talk.md", "%2e%2e/talk.md", "/etc/passwd", "out/passwd", ".secret", "out", ".", "%00", "x/../.secret"]
)
def test_no_file_but_those_beside_the_document_is_shown(web: Previewed, name: str) -> None:
    assert web.ask(f"{web.view()['frame']}{name}")[0] == 404


def test_texts_of_html_are_found_in_the_document(web: Previewed) -> None:
    def find(text: str, title: str) -> object:
        status, answer = web.do("find", {"text": text, "title": title})
        assert status == 200
        return answer["place"] and answer["place"]["line"]

    assert find("Plain words of the first slide.", "First") == 16
    assert find("Pale words.", "Fourth") == 38
    assert find("nothing of this", "Second") == 18
    assert find("nothing of this", "") is None
    assert web.do("move", {**json.loads(MOVE)})[0] == 409


def test_html_is_made_anew_and_lines_lead_to_sections(web: Previewed) -> None:
    seen = web.status()["view"]
    web.replace("Plain words", "Other words")
    web.settled(seen)
    assert b"Other words of the first slide." in web.ask(web.view()["frame"])[2]
    assert json.loads(web.ask(f"{web.path}line?file=talk.md&line=34")[2]) == {"page": 4}
    assert web.view()["sections"][3]["title"] == "Third"
    web.replace("Other words", "%%nothing()")
    status = until(web.status, lambda found: found["failed"] and not found["building"])
    assert [(each["code"], each["place"]["line"]) for each in status["diagnostics"]] == [("PM203", 16)]
