"""ansible.pdf and docker.pdf: signs for recipes and for containers, drawn for this deck."""

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
    circle,
    document,
    mix,
    path,
    polyline,
    rect,
)


def draw_recipe() -> str:
    """A recipe whose steps are ticked off, about to be played."""
    parts = [
        rect(72, 14, 152, 228, MIST, rx=18),
        rect(64, 8, 152, 228, "#ffffff", rx=18, stroke=NAVY, stroke_width=7),
        rect(105, 0, 70, 26, NAVY, rx=10),
    ]
    for n, (colour, wide) in enumerate(((TEAL, 70), (TEAL, 50), (AMBER, 64), (MIST, 40))):
        y = 62 + n * 42
        parts += [
            rect(84, y, 24, 24, colour, rx=6),
            rect(122, y + 7, wide, 10, mix(NAVY, "#ffffff", 0.25 if n < 3 else 0.7), rx=5),
        ]
        if n < 2:
            parts.append(polyline(((90, y + 12), (95, y + 17), (103, y + 7)), "#ffffff", 4))
    parts += [
        circle(205, 196, 58, "#ffffff"),
        circle(205, 196, 50, INDIGO),
        path(
            "M190 170 L190 222 L232 196 Z",
            "#ffffff",
            stroke="#ffffff",
            stroke_width=6,
            stroke_linejoin="round",
        ),
    ]
    return document(256, 256, *parts)


def draw_containers() -> str:
    """Boxes of one size, whatever is in them."""
    view = View(199, 92, 30)
    parts = [view.top(-3.4, -0.2, -2.15, 7.6, 3.4, MIST, fill_opacity=0.7)]
    pile = (
        (-3.2, -2, INDIGO),
        (-0.7, -2, TEAL),
        (1.8, -2, VIOLET),
        (-2.0, -0.55, CORAL),
        (0.5, -0.55, AMBER),
        (-0.8, 0.9, TEAL),
    )
    for x, z, colour in pile:
        parts.append(view.box(x, 0, z, 2.4, 3, 1.4, colour))
        parts += [view.left(x + 0.22 + k * 0.3, 3, z + 0.18, 0.12, 1.04, mix(colour, INK, 0.32)) for k in range(7)]
        parts += [view.right(x + 2.4, 0.2 + k * 1.38, z + 0.16, 1.22, 1.08, mix(colour, INK, 0.5)) for k in range(2)]
        parts += [view.right(x + 2.4, 1.25 + k * 0.42, z + 0.16, 0.08, 1.08, mix(colour, INK, 0.68)) for k in range(2)]
    return document(348, 272, *parts)
