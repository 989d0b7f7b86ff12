"""Write examples/gallery/README.md: each macro of the gallery with its source, its call, its picture and its output."""

import re
import subprocess
from pathlib import Path

GALLERY = Path(__file__).parent.parent / "examples" / "gallery"
PAGE = GALLERY / "README.md"
LIBRARIES = ("words", "numbers", "boxes", "code", "drawings", "style")
DEFINITION = re.compile(r"^%%(?:define|markdown) (\w+)\(.*?=end$", re.MULTILINE | re.DOTALL)
SLIDE = re.compile(r"^## (\w+)\n\n%%begin show\n(.*?)\n%%end show$", re.MULTILINE | re.DOTALL)
FORMATS = {
    "beamer": re.compile(
        r"\\begin{frame}(?:\[.*?\])?{(\w+)}\n\\protect\\phantomsection\\label{\w+}\n(.*?)\n\\end{frame}", re.DOTALL
    ),
    "html": re.compile(r'^<h2 id="\w+">(\w+)</h2>\n(.*?)(?=\n<h2|\Z)', re.MULTILINE | re.DOTALL),
}

HEAD = """# A gallery of macros

{count} macros of the kinds that people define in Org, pp, MkDocs, Quarto and LaTeX, written in this language.
They are in the libraries {libraries}.
The last one has what the others share. [`gallery.md`](gallery.md) is a deck with a slide for each.

    pandoc -F percent-macros gallery.md -t beamer -o gallery.pdf
    pandoc -F percent-macros gallery.md -t revealjs -s --mathml -o gallery-revealjs.html
    pandoc -F percent-macros gallery.md -t html -s --mathml -o gallery.html

or, from the top of the repository, `make gallery`, which writes this page and the pictures, too.
`percent-macros list gallery.md` lists the macros. In a document of your own, `%%use path/to/words` takes in a library.
In formats other than LaTeX and HTML they give text, a list or a table; the watermark is left out.

{contents}
"""
SECTION = """
## {name}

{comment}

```text
{call}
```

![{name}](pictures/{name}.png)

```perl
{source}
```

<details><summary>In LaTeX and in HTML</summary>

```latex
{beamer}
```

```html
{html}
```

</details>
"""


def slides() -> dict[str, str]:
    """Return what is called on the deck's slides, by the names of the macros."""
    return dict(SLIDE.findall((GALLERY / "gallery.md").read_text("utf-8")))


def definitions() -> dict[str, tuple[str, str, str]]:
    """Return each macro's comment, source and library, by its name."""
    found = {}
    for library in LIBRARIES:
        text = (GALLERY / f"{library}.pmac").read_text("utf-8")
        for each in DEFINITION.finditer(text):
            comment = text[: each.start()].rpartition("\n\n")[2]
            found[each[1]] = (" ".join(comment.split()), each[0], library)
    return found


def outputs(target: str) -> dict[str, str]:
    """Return what becomes of the calls on each slide in a format, by the names of the macros."""
    command = ["pandoc", "-F", "percent-macros", "-M", "result=true", "gallery.md", "-t", target]
    done = subprocess.run(command, cwd=GALLERY, check=True, capture_output=True, text=True, encoding="utf-8")
    return dict(FORMATS[target].findall(done.stdout))


def page() -> str:
    """Return the text of the page."""
    calls, macros = slides(), definitions()
    made = {target: outputs(target) for target in FORMATS}
    libraries = ", ".join(f"[`{each}.pmac`]({each}.pmac)" for each in LIBRARIES)
    lists = []
    for library in LIBRARIES:
        names = [name for name in calls if macros[name][2] == library]
        lists.append(f"* {library}: " + ", ".join(f"[{name}](#{name})" for name in names))
    parts = [HEAD.format(count=len(calls), libraries=libraries, contents="\n".join(lists))]
    for name, call in calls.items():
        comment, source, _ = macros[name]
        fence = "~~~~~" if "```" in call else "```"
        given = {target: made[target][name].strip("\n") for target in FORMATS}
        section = SECTION.format(name=name, comment=comment, call=call, source=source, **given)
        parts.append(section.replace(f"```text\n{call}\n```", f"{fence}text\n{call}\n{fence}"))
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
