"""Packages with macros in Python, as an installer leaves them."""

from __future__ import annotations

from pathlib import Path


def install(folder: Path, name: str, module: str, points: dict[str, str]) -> None:
    """Do what an installer does, with a module and the macros that its entry points name."""
    (folder / f"{name}.py").write_text(module, "utf-8")
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = [f"{macro} = {target}" for macro, target in points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[pandoc_percent_macros]", *lines]))
