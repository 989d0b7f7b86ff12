"""Pages put into a PDF in the place of others, so that its bookmarks, and links to them, still lead there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from .states import Exchange

_OWN = ("/Type", "/Parent")  # of a page: what says where in the document it is
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_WHOLE = ("/AcroForm", "/StructTreeRoot", "/OCProperties", "/Collection")  # of a document: what pages are tied into


class NotExchangeable(Exception):
    """Pages that can't take the place of others: why."""


def exchanged(
    base: Path, pages: Path, exchanges: Sequence[Exchange], output: Path, loose: frozenset[str] = frozenset()
) -> int:
    """Write a PDF in which pages are those of another; return how many pages it has.

    Args:
        base: the PDF, of which all else stays.
        pages: where the new pages come from.
        exchanges: which of them take the places of which.
        output: the file to write.
        loose: targets of links that nothing leads to: they may come, go or move.

    Raises:
        NotExchangeable: the pages are tied to the rest of their document: the set of their link targets differs, say.
    """
    with pikepdf.open(base) as old, pikepdf.open(pages) as new:
        for document in (old, new):
            if tied := [key for key in _WHOLE if key in document.Root]:
                raise NotExchangeable(f"the PDF has {tied[0].removeprefix('/')}")
        pairs = [(each.old + at, each.new + at) for each in exchanges for at in range(each.count)]
        if any(mine >= len(old.pages) or other >= len(new.pages) for mine, other in pairs):
            raise NotExchangeable("there are not as many pages as LaTeX tells of")
        _move_targets(old, new, pairs, loose)
        for mine, other in pairs:
            _exchange(old, old.pages[mine].obj, new, new.pages[other].obj)
        old.save(output, object_stream_mode=pikepdf.ObjectStreamMode.preserve, compress_streams=False)
        return len(old.pages)


def _exchange(document: pikepdf.Pdf, page: pikepdf.Object, source: pikepdf.Pdf, other: pikepdf.Object) -> None:
    """Give a page all that one of another document has."""
    for annotation in other.get("/Annots", ()):
        action = annotation.get("/A", pikepdf.Dictionary())
        if any(isinstance(each, pikepdf.Array) for each in (annotation.get("/Dest"), action.get("/D"))):
            raise NotExchangeable("a link leads to a page and not to a name")
    inherited = {key: value for key in _INHERITED if (value := _found(other, key)) is not None}
    own = {key: other[key] for key in other.keys() if key not in _OWN}  # noqa: SIM118  # no mapping of Python's
    taken = document.copy_foreign(source.make_indirect(pikepdf.Dictionary({**inherited, **own})))
    for key in set(page.keys()).difference(_OWN):
        del page[key]
    for key in taken.keys():  # noqa: SIM118
        page[key] = taken[key]
    for annotation in page.get("/Annots", ()):
        if "/P" in annotation:
            annotation["/P"] = page


def _found(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return what a page has, or inherits, under a key."""
    node: pikepdf.Object | None = page
    while node is not None:
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _move_targets(old: pikepdf.Pdf, new: pikepdf.Pdf, pairs: Sequence[tuple[int, int]], loose: frozenset[str]) -> None:
    """Put the targets of links on exchanged pages where the new pages have them."""
    mine, others = targets(old), targets(new)
    to = {new.pages[other].obj.objgen: old.pages[page].obj for page, other in pairs}
    numbers = {page.objgen for page in to.values()}
    there = {name for name, target in mine.items() if _page(target) in numbers}
    # A target that LaTeX does not find, as those on pages that are not typeset, is put at the start of its document.
    moved = {name: to[_page(target)] for name, target in others.items() if _page(target) in to}
    moved = {name: page for name, page in moved.items() if name not in mine or name in there}
    changed = there.symmetric_difference(moved)
    changed |= {name for name in there & moved.keys() if _page(mine[name]) != moved[name].objgen}
    if not changed <= loose:
        raise NotExchangeable("targets of links differ that something may lead to")
    if there != moved.keys() and "/Dests" not in old.Root.get("/Names", ()):
        raise NotExchangeable("the PDF has no tree of names")
    for name in there & moved.keys():
        array = _array(mine[name])
        for _ in range(len(array)):
            del array[0]
        array.extend([moved[name], *_place(others[name])])
    tree = pikepdf.NameTree(old.Root.Names.Dests) if there != moved.keys() else {}
    for name in there - moved.keys():
        del tree[name]
    for name in moved.keys() - there:
        tree[name] = pikepdf.Dictionary(D=pikepdf.Array([moved[name], *_place(others[name])]))


def _place(target: pikepdf.Object) -> list[Any]:
    """Return where on its page a target is."""
    return list(_array(target))[1:]


def targets(document: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return the targets of links in a PDF, by their names."""
    found: dict[str, pikepdf.Object] = {}
    names = document.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is not None:
        found.update(_leaves(names))
    older = document.Root.get("/Dests")
    if older is not None:
        found.update(older.items())
    return found


def _leaves(tree: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield the entries of a tree of names (PDF reference, "Name trees")."""
    for child in tree.get("/Kids", ()):
        yield from _leaves(child)
    entries = list(tree.get("/Names", ()))
    for name, value in zip(entries[::2], entries[1::2], strict=True):
        yield str(name), value


def _array(target: pikepdf.Object) -> pikepdf.Object:
    return target["/D"] if isinstance(target, pikepdf.Dictionary) else target


def _page(target: pikepdf.Object) -> tuple[int, int]:
    array = _array(target)
    return array[0].objgen if len(array) and isinstance(array[0], pikepdf.Object) else (0, 0)
