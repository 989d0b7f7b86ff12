"""What the environment sets."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pandoc

TEXT = "%%define f() 'x' x 2000000 =end\n\n%%f()\n"


def test_the_environment_raises_a_limit_and_a_document_does_not(run, tmp_path) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    command = ["pandoc", "-F", "percent-macros", "a.md", "-t", "latex"]
    assert "error[PM402]" in run(*command).err
    assert "error[PM402]" in run(*command, "-M", "PERCENT_MACROS_LIMITS=string=3000000").err
    done = run(*command, PERCENT_MACROS_LIMITS="string=3000000, output = 3000000")
    assert (done.status, len(done.out)) == (0, 2_000_001)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("strng=1", "did you mean `string`?"),
        ("string=many", "is not a number"),
        ("string", "is not a number"),
        ("string=-1", "is not a number"),
        ("__class__=1", "unknown limit"),
    ],
)
def test_what_does_not_read(run, tmp_path, value, said) -> None:
    (tmp_path / "a.md").write_text("%%image(a.png)\n")
    done = run("pandoc", "-F", "percent-macros", "a.md", PERCENT_MACROS_LIMITS=value)
    assert done.status == 83
    assert "error[PM410]" in done.err
    assert said in done.err
