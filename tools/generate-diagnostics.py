"""Write docs/reference/diagnostics.md from the table of codes."""

from pathlib import Path

from pandoc_percent_macros.report.codes import RULES

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "diagnostics.md"


def page() -> str:
    """Return the text of the page."""
    parts = ["# Diagnostics\n\nEvery error and warning has a code that stays the same. `make docs` writes this page.\n"]
    for code, rule in sorted(RULES.items()):
        parts.append(f"\n## {code}: {rule.title}\n\n{rule.explanation}\n")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
