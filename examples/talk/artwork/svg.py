"""SVG as text: elements, colours, numbers that look alike on every machine."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

# One palette for all pictures; INDIGO is the blue of Beamer's default theme.
INK, NAVY, INDIGO, VIOLET = "#12142b", "#1d2150", "#3333b2", "#7c6cf0"
TEAL, AMBER, CORAL, MIST = "#2bbfae", "#ffb84d", "#ff6f61", "#d9dbec"

Point = tuple[float, float]


def number(value: float) -> str:
    """Two decimals are enough for a pixel, and short."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(name: str, *children: str, **attributes: object) -> str:
    """An element; `stroke_width=2` is written `stroke-width="2"`, None is left out."""
    written = "".join(
        f" {key.strip('_').replace('_', '-')}={quoteattr(number(v) if isinstance(v, float) else str(v))}"
        for key, v in attributes.items()
        if v is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def rect(x: float, y: float, width: float, height: float, fill: str, **more: object) -> str:
    return tag("rect", x=float(x), y=float(y), width=float(width), height=float(height), fill=fill, **more)


def circle(x: float, y: float, radius: float, fill: str, **more: object) -> str:
    return tag("circle", cx=float(x), cy=float(y), r=float(radius), fill=fill, **more)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    return tag("ellipse", cx=float(x), cy=float(y), rx=float(rx), ry=float(ry), fill=fill, **more)


def points(places: Iterable[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in places)


def polygon(places: Iterable[Point], fill: str, **more: object) -> str:
    return tag("polygon", points=points(places), fill=fill, **more)


def polyline(places: Iterable[Point], stroke: str, width: float, **more: object) -> str:
    return tag(
        "polyline",
        points=points(places),
        fill="none",
        stroke=stroke,
        stroke_width=float(width),
        stroke_linejoin="round",
        stroke_linecap="round",
        **more,
    )


def path(data: str, fill: str, **more: object) -> str:
    return tag("path", d=data, fill=fill, **more)


def text(x: float, y: float, words: str, size: float, fill: str, **more: object) -> str:
    more = {"font_family": "Inter", **more}
    return tag("text", escape(words), x=float(x), y=float(y), font_size=float(size), fill=fill, **more)


def gradient(name: str, *stops: tuple[float, str] | tuple[float, str, float], angle: str = "down") -> str:
    """A linear gradient to be named as `url(#name)`."""
    x2, y2 = {"down": (0, 1), "right": (1, 0), "across": (1, 1)}[angle]
    inner = (tag("stop", offset=s[0], stop_color=s[1], stop_opacity=s[2] if len(s) == 3 else None) for s in stops)
    return tag("linearGradient", *inner, id=name, x1=0, y1=0, x2=x2, y2=y2)


def glow(name: str, colour: str, strength: float) -> str:
    """A radial gradient that fades out, to be named as `url(#name)`."""
    return tag(
        "radialGradient",
        tag("stop", offset=0, stop_color=colour, stop_opacity=strength),
        tag("stop", offset=1, stop_color=colour, stop_opacity=0),
        id=name,
    )


def document(width: int, height: int, *parts: str) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">\n{body}\n</svg>\n'
    )


def mix(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from one to the other."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def chance(*seeds: int) -> float:
    """A number in [0, 1) that depends on the seeds alone."""
    state = 0x9E3779B9
    for seed in seeds:
        state = (state ^ (seed & 0xFFFFFFFF)) * 0x85EBCA6B & 0xFFFFFFFF
        state = (state ^ state >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
        state ^= state >> 16
    return state / 2**32


def noise(x: float, y: float, seed: int) -> float:
    """Smooth value noise in [0, 1)."""
    left, top = int(x // 1), int(y // 1)
    u, v = (t * t * (3 - 2 * t) for t in (x - left, y - top))
    upper = chance(left, top, seed) * (1 - u) + chance(left + 1, top, seed) * u
    lower = chance(left, top + 1, seed) * (1 - u) + chance(left + 1, top + 1, seed) * u
    return upper * (1 - v) + lower * v
