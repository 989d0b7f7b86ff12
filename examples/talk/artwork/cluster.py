"""nqSRS.png: the server at the centre, and what was built around it."""

from iso import View
from svg import (
    AMBER,
    CORAL,
    INDIGO,
    INK,
    MIST,
    NAVY,
    TEAL,
    VIOLET,
    chance,
    circle,
    document,
    mix,
    polyline,
    tag,
    text,
)

WIDTH, HEIGHT = 1280, 730
VIEW = View(WIDTH / 2, 160, 58)


def slab(x: float, y: float, wide: float, colour: str) -> str:
    return VIEW.box(x, y, 0, wide, wide, 0.35, colour)


def rack(x: float, y: float, tall: int, colour: str, wide: float = 2.0) -> list[str]:
    """A tower of drawers with lamps."""
    parts = []
    for n in range(tall):
        z = 0.35 + n * 0.62
        parts += [
            VIEW.box(x, y, z, wide, wide, 0.5, colour),
            VIEW.box(x + 0.08, y + 0.08, z + 0.5, wide - 0.16, wide - 0.16, 0.12, NAVY),
        ]
        for k in range(5):
            lamp = (TEAL, AMBER, "#ffffff")[int(3 * chance(n, k, 8))]
            parts.append(VIEW.left(x + 0.2 + k * 0.2, y + wide, z + 0.17, 0.1, 0.16, lamp))
        parts.append(VIEW.left(x + wide - 0.75, y + wide, z + 0.14, 0.55, 0.22, mix(colour, INK, 0.55)))
        parts += [
            VIEW.right(x + wide, y + 0.25 + k * 0.32, z + 0.12, 0.18, 0.26, mix(colour, INK, 0.62)) for k in range(5)
        ]
    return parts


def containers(x: float, y: float) -> list[str]:
    parts = []
    for px, py, pz, colour in ((0, 0, 0, TEAL), (1.05, 0, 0, CORAL), (0.5, 0, 0.8, AMBER)):
        parts.append(VIEW.box(x + px, y + py, 0.35 + pz, 0.95, 2.0, 0.75, colour))
        parts += [
            VIEW.right(x + px + 0.95, y + py + 0.15 + k * 0.25, 0.45 + pz, 0.09, 0.55, mix(colour, INK, 0.55))
            for k in range(7)
        ]
    return parts


def chart(x: float, y: float) -> list[str]:
    """Bars, the ones behind first."""
    return [
        VIEW.box(x + 0.68 * n, y + 0.9 * m, 0.35, 0.5, 0.6, 0.5 + 2.1 * chance(n, m, 12), colour)
        for m, colour in ((0, VIOLET), (1, TEAL))
        for n in range(3)
    ]


def world(x: float, y: float) -> list[str]:
    parts = []
    for total in range(9):
        for n in range(5):
            m = total - n
            if 0 <= m < 5:
                tall = (2, 2, 1, 1, 1, 2, 3, 2, 1, 1, 1, 2, 2, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0)[5 * m + n]
                for z in range(tall + 1):
                    colour = (
                        "#f4f3ff" if z == 3 else "#5fbf7f" if z == tall and tall else "#8a5a6b" if tall else "#45b8d8"
                    )
                    parts.append(
                        VIEW.box(x + n * 0.4, y + m * 0.4, 0.35 + z * 0.4, 0.4, 0.4, 0.4 if tall else 0.15, colour)
                    )
    return parts


def cloud(x: float, y: float) -> list[str]:
    cx, cy = VIEW.at(x + 1, y + 1, 2.15)
    puffs = ((-66, 10, 46), (-10, -24, 66), (60, 0, 52), (0, 20, 50))
    under = [circle(cx + px, cy + py + 8, r, "#b4b6e6") for px, py, r in puffs]
    machines = [
        VIEW.box(x + 0.15 + 0.65 * n, y + 0.2 + 0.9 * m, 0.35, 0.45, 0.65, 0.5, INDIGO)
        for m in range(2)
        for n in range(3)
    ]
    return [*machines, *under, *(circle(cx + px, cy + py, r, "#e9e9fb") for px, py, r in puffs)]


def link(*places: tuple[float, float]) -> str:
    line = [VIEW.at(x, y, 0.1) for x, y in places]
    return polyline(line, MIST, 16) + polyline(line, INDIGO, 4, stroke_dasharray="0.1 14")


def label(x: float, y: float, words: str) -> str:
    """Words under the near corner of a place."""
    px, py = VIEW.at(x + 2.4, y + 2.4)
    return text(px, py + 46, words, 32, NAVY, text_anchor="middle", font_weight=600)


def shadow(x: float, y: float, wide: float) -> str:
    return VIEW.top(x - 0.25, y - 0.25, -0.2, wide + 0.5, wide + 0.5, MIST, fill_opacity=0.6)


def place(x: float, y: float, colour: str, things: list[str]) -> str:
    return tag("g", shadow(x - 0.4, y - 0.4, 2.8), slab(x - 0.4, y - 0.4, 2.8, mix(colour, "#ffffff", 0.72)), *things)


def draw() -> str:
    links = [link((4, 4), (4, -1)), link((4, 4), (-1, 4)), link((4, 4), (9, 4)), link((4, 4), (4, 9))]
    middle = tag("g", slab(2.15, 2.15, 3.7, "#dcdcf7"), *rack(2.7, 2.7, 5, INDIGO, 2.6))
    around = [
        place(3, -3.3, TEAL, chart(3, -3.3)),
        place(-3.3, 3, CORAL, world(-3.3, 3)),
        middle,
        place(9.3, 3, AMBER, containers(9.3, 3)),
        place(3, 9.3, VIOLET, cloud(3, 9.3)),
    ]
    words = [
        label(-3.3, 3, "Monde"),
        label(3, -3.3, "Métriques"),
        label(9.3, 3, "Conteneurs"),
        label(3, 9.3, "Nuage"),
    ]
    return document(WIDTH, HEIGHT, shadow(2.15, 2.15, 3.7), *links, *around, *words)
