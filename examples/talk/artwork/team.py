"""IMG_20140812.jpg: as it were a photograph of the team; fourteen on a roof, on a summer evening."""

from svg import (
    AMBER,
    CORAL,
    INDIGO,
    INK,
    NAVY,
    TEAL,
    VIOLET,
    chance,
    circle,
    document,
    ellipse,
    glow,
    gradient,
    mix,
    path,
    rect,
    tag,
)

WIDTH, HEIGHT = 1440, 600
SKINS = ("#f6d3bd", "#eab894", "#c98f68", "#8d5b40", "#f2c6a6", "#5f3c2c")
HAIRS = ("#2b2233", "#54362f", "#8a5a3a", "#d9a860", "#1c1a26", "#b3522f", "#9a97a8")
SHIRTS = (INDIGO, CORAL, TEAL, "#f4f1ff", AMBER, VIOLET, NAVY, "#e9879a", "#7fb4e8")

# x, row, height, skin, hair, cut, shirt, extra
PEOPLE = (
    (232, 0, 1.00, 0, 0, "short", 6, ""),
    (388, 0, 0.94, 2, 4, "long", 4, ""),
    (540, 0, 1.06, 1, 1, "beard", 2, ""),
    (690, 0, 0.98, 4, 3, "bun", 7, "glasses"),
    (846, 0, 1.04, 3, 4, "short", 3, ""),
    (1000, 0, 0.96, 0, 5, "long", 0, ""),
    (1150, 0, 1.05, 1, 2, "beard", 5, "glasses"),
    (150, 1, 0.97, 1, 2, "bob", 1, ""),
    (310, 1, 1.02, 5, 4, "short", 8, "glasses"),
    (468, 1, 0.93, 0, 3, "long", 0, ""),
    (618, 1, 1.00, 4, 6, "beard", 6, ""),
    (770, 1, 0.95, 2, 0, "bun", 4, ""),
    (924, 1, 1.03, 0, 1, "short", 5, ""),
    (1082, 1, 0.94, 3, 4, "bob", 3, ""),
)


def hair(cut: str, colour: str) -> tuple[list[str], list[str]]:
    """What lies behind a head, and what lies on it; the head is at (0, 0), 40 by 48."""
    cap = path("M-42 2 C-48 -62 48 -62 42 2 C36 -16 26 -24 6 -25 C-14 -24 -34 -20 -42 2 Z", colour)
    fringe = path("M-42 6 C-50 -64 50 -64 42 6 C38 -14 24 -24 12 -26 C4 -14 -26 -10 -42 6 Z", colour)
    if cut == "long":
        return [path("M-46 -6 C-50 -70 50 -70 46 -6 C48 40 56 70 50 92 L-50 92 C-56 70 -48 40 -46 -6 Z", colour)], [
            fringe
        ]
    if cut == "bob":
        return [path("M-48 -6 C-52 -68 52 -68 48 -6 C52 20 52 36 46 46 L-46 46 C-52 36 -52 20 -48 -6 Z", colour)], [
            fringe
        ]
    if cut == "bun":
        return [circle(0, -60, 21, colour)], [cap]
    if cut == "beard":
        beard = path(
            "M-41 -4 C-36 12 -30 19 -20 17 C-10 12 10 12 20 17 C30 19 36 12 41 -4 C44 64 -44 64 -41 -4 Z",
            colour,
        )
        return [], [
            cap,
            beard,
            path("M-10 28 Q0 35 10 28", "none", stroke="#fbeee6", stroke_width=3.5, stroke_linecap="round"),
        ]
    return [], [cap]


def face(skin: str, cut: str, extra: str) -> list[str]:
    dark = mix(skin, INK, 0.75)
    parts = [
        circle(-15, 2, 3.6, dark),
        circle(15, 2, 3.6, dark),
        ellipse(-23, 16, 8, 5, CORAL, fill_opacity=0.22),
        ellipse(23, 16, 8, 5, CORAL, fill_opacity=0.22),
    ]
    if cut != "beard":
        parts.append(path("M-12 20 Q0 32 12 20", "none", stroke=dark, stroke_width=3.2, stroke_linecap="round"))
    if extra == "glasses":
        frame = {"stroke": INK, "stroke_width": 3.0}
        parts += [
            circle(-16, 2, 12, "#ffffff", fill_opacity=0.18, **frame),
            circle(16, 2, 12, "#ffffff", fill_opacity=0.18, **frame),
            path("M-4 1 Q0 -2 4 1", "none", **frame),
        ]
    return parts


def person(x: float, row: int, scale: float, skin: int, hair_colour: int, cut: str, shirt: int, extra: str) -> str:
    tone, cloth = SKINS[skin], SHIRTS[shirt]
    behind, on = hair(cut, HAIRS[hair_colour])
    body = [
        path("M-92 330 L-92 152 C-92 96 -58 82 -22 76 L22 76 C58 82 92 96 92 152 L92 330 Z", cloth),
        path("M-58 200 L-60 330 M58 200 L60 330", "none", stroke=mix(cloth, INK, 0.22), stroke_width=4),
        path("M-28 75 C-20 104 20 104 28 75 L17 71 L-17 71 Z", mix(cloth, INK, 0.2)),
        path("M-17 36 L-17 78 C-12 92 12 92 17 78 L17 36 Z", mix(tone, INK, 0.14)),
    ]
    head = [
        path("M-40 -6 C-42 58 42 58 40 -6 C40 -56 -40 -56 -40 -6 Z", tone),
        ellipse(-40, 4, 7, 10, mix(tone, INK, 0.06)),
        ellipse(40, 4, 7, 10, mix(tone, INK, 0.06)),
    ]
    y = 268 if row == 0 else 372
    inner = tag("g", *behind, *body, *head, *on, *face(tone, cut, extra))
    shade = path("M92 330 L92 152 C92 96 58 82 22 76 C50 100 48 200 44 330 Z", INK, fill_opacity=0.13)
    return tag(
        "g",
        inner,
        shade,
        transform=f"translate({x + 66} {y - (scale - 1) * 300:.1f}) scale({scale * 1.02:.3f})",
    )


def skyline() -> list[str]:
    """Roofs, a few lit windows, and a tower far off."""
    tower = path("M1290 330 C1306 250 1312 200 1316 96 L1320 96 C1324 200 1330 250 1346 330 Z", "#9a6399")
    parts = [tower, rect(1303, 246, 30, 5, "#9a6399")]
    for layer, (base, colour) in enumerate(((330, "#b8709c"), (380, "#7a4f93"), (440, "#453a7c"))):
        x = -20.0
        while x < WIDTH:
            wide = 46 + 70 * chance(int(x), layer)
            tall = 40 + (120 - 25 * layer) * chance(int(x), layer, 5)
            parts.append(rect(x, base - tall, wide + 1, HEIGHT - base + tall, colour))
            parts += [
                rect(x + 6 + 14 * n, base - tall + 9 + 20 * row, 5, 8, AMBER, fill_opacity=0.75)
                for n in range(int(wide // 14) if layer else 0)
                for row in range(int(tall // 20))
                if chance(int(x), n, row, layer) > 0.72
            ]
            x += wide
    return parts


def lights() -> list[str]:
    """A string of lamps above the heads."""
    parts = [
        path(
            "M-10 40 Q360 150 720 62 Q1080 150 1450 34",
            "none",
            stroke=INK,
            stroke_width=2.5,
            stroke_opacity=0.6,
        )
    ]
    for n in range(25):
        t = (n + 0.5) / 12.5
        left = t < 1
        u = t if left else t - 1
        a, b, c = ((-10, 40), (360, 150), (720, 62)) if left else ((720, 62), (1080, 150), (1450, 34))
        x = (1 - u) ** 2 * a[0] + 2 * u * (1 - u) * b[0] + u * u * c[0]
        y = (1 - u) ** 2 * a[1] + 2 * u * (1 - u) * b[1] + u * u * c[1]
        parts += [circle(x, y + 9, 30, "url(#lamp)"), circle(x, y + 9, 6, "#fff0cf")]
    return parts


def draw() -> str:
    definitions = tag(
        "defs",
        gradient("sky", (0, "#3d3f8f"), (0.4, "#b0699f"), (0.66, "#ff9f7d"), (1, "#ffd28f")),
        glow("lamp", "#ffe2a6", 0.55),
        glow("sun", "#fff2c4", 0.9),
        gradient("floor", (0, INK, 0.0), (1, INK, 0.35)),
    )
    people = [person(*one) for one in PEOPLE]
    return document(
        WIDTH,
        HEIGHT,
        definitions,
        rect(0, 0, WIDTH, HEIGHT, "url(#sky)"),
        circle(430, 300, 330, "url(#sun)"),
        *skyline(),
        *lights(),
        *people,
        rect(0, 380, WIDTH, 220, "url(#floor)"),
    )
