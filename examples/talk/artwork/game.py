"""game.png: a world of voxels, floating in the evening."""

from iso import View
from svg import AMBER, CORAL, INK, TEAL, VIOLET, chance, circle, document, mix, noise, rect, tag, text

WIDTH, HEIGHT = 1280, 720
MARGIN = 120  # nothing: its slide pulls up the list that follows by 9 mm
SIZE, SEA = 40, 2.0
VIEW = View(WIDTH / 2, 152, 12.5)
GRASS, SAND, ROCK, SNOW, EARTH, WATER = "#5fbf7f", "#f2d398", "#8d8bb5", "#f4f3ff", "#8a5a6b", "#45b8d8"
# Where a building stands, how wide and tall it is, its colour.
BUILDINGS = {
    (24, 25): (3, 7, "#e9e6ff"),
    (29, 24): (2, 4, CORAL),
    (22, 31): (2, 5, VIOLET),
    (28, 30): (2, 3, TEAL),
}
WOOD, LEAF = "#7a4b4b", "#2f9c86"


def height(x: int, y: int) -> int:
    """The height of a column, 0 outside the island."""
    if not (0 <= x < SIZE and 0 <= y < SIZE):
        return 0
    away = ((x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2) ** 0.5 / (SIZE / 2)
    rough = noise(x / 4.5, y / 4.5, 5)
    for (bx, by), (wide, _, _) in BUILDINGS.items():
        if bx - 1 <= x <= bx + wide and by - 1 <= y <= by + wide:
            return 3
    if away + 0.22 * rough > 1.06:
        return 0
    hill = 13.5 * max(0.0, 1 - (((x - 11) ** 2 + (y - 10) ** 2) ** 0.5) / 10.5) ** 1.25
    land = 1.2 + 3.1 * noise(x / 7, y / 7, 11) + 1.2 * rough + hill - 1.6 * away
    return max(1, round(land))


def depth(x: int, y: int) -> int:
    """How far the rock reaches below the ground."""
    away = ((x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2) ** 0.5 / (SIZE / 2)
    return round(1.5 + 9.5 * max(0.0, 1.02 - away) ** 0.8 + 3.5 * noise(x / 2.5, y / 2.5, 3))


def ground(level: int) -> str:
    if level <= SEA:
        return SAND
    return GRASS if level <= 6 else ROCK if level <= 11 else SNOW


def column(x: int, y: int) -> list[str]:
    level = height(x, y)
    if not level:
        return []
    parts = []
    for z in range(-depth(x, y), level):
        if z < min(height(x + 1, y), height(x, y + 1)) - 1 and height(x + 1, y) and height(x, y + 1):
            continue
        if z < -1:
            colour = mix("#5b4a78", INK, min(0.6, -z / 22))
        else:
            colour = ground(level) if z == level - 1 else (ROCK if level > 7 and z > 4 else EARTH)
        parts.append(VIEW.box(x, y, z, 1, 1, 1, mix(colour, INK, 0.10 * chance(x, y, z))))
    if level < SEA:
        parts.append(VIEW.top(x, y, SEA - 0.35, 1, 1, mix(WATER, "#ffffff", 0.15 * chance(x, y)), fill_opacity=0.82))
    return parts


def tree(x: int, y: int) -> list[str]:
    z = height(x, y)
    tall = 2 + int(2 * chance(x, y, 9))
    leaf = mix(LEAF, AMBER, 0.25 * chance(x, y, 4))
    return [
        VIEW.box(x + 0.3, y + 0.3, z, 0.4, 0.4, tall, WOOD),
        VIEW.box(x - 0.35, y - 0.35, z + tall - 0.6, 1.7, 1.7, 1.1, leaf),
        VIEW.box(x + 0.05, y + 0.05, z + tall + 0.5, 0.9, 0.9, 0.8, mix(leaf, "#ffffff", 0.1)),
    ]


def tower(x: int, y: int, wide: int, tall: int, colour: str) -> list[str]:
    """A building whose windows are lit."""
    z = height(x, y)
    parts = [VIEW.box(x, y, z, wide, wide, tall, colour)]
    for row in range(tall - 1):
        for n in range(wide * 2 - 1):
            lit = AMBER if chance(x, row, n) > 0.35 else mix(colour, INK, 0.5)
            parts.append(VIEW.left(x + 0.3 + n * 0.5, y + wide, z + row + 0.5, 0.26, 0.5, lit))
            lit = mix(AMBER, CORAL, 0.3) if chance(y, row, n) > 0.45 else mix(colour, INK, 0.7)
            parts.append(VIEW.right(x + wide, y + 0.3 + n * 0.5, z + row + 0.5, 0.26, 0.5, lit))
    return parts


def is_free(x: int, y: int) -> bool:
    return not any(bx - 2 <= x <= bx + w and by - 2 <= y <= by + w for (bx, by), (w, _, _) in BUILDINGS.items())


def island() -> list[str]:
    parts: list[str] = []
    for distance in range(2 * SIZE):
        for x in range(max(0, distance - SIZE + 1), min(SIZE, distance + 1)):
            y = distance - x
            parts += column(x, y)
            if SEA < height(x, y) <= 5 and chance(x, y, 77) > 0.9 and is_free(x, y):
                parts += tree(x, y)
        for (x, y), (wide, tall, colour) in BUILDINGS.items():
            if x + y + 2 * wide == distance:
                parts += tower(x, y, wide, tall, colour)
    return parts


def sky() -> list[str]:
    """Bands of flat colour, as the blocks below have; stars but behind the words."""
    shades = ("#171a45", "#2c2a6e", "#4a3f9a", "#8a559d", "#c9699a", "#ef9089", "#ffb891")
    parts = []
    for n in range(48):
        place, share = divmod(n / 48 * (len(shades) - 1), 1)
        parts.append(rect(0, n * 15, WIDTH, 16, mix(shades[int(place)], shades[int(place) + 1], share)))
    return parts + [
        circle(
            chance(n, 1) * WIDTH,
            chance(n, 2) * HEIGHT * 0.6,
            0.7 + 1.3 * chance(n, 3),
            "#c9c4f2",
            fill_opacity=1 if chance(n, 4) > 0.4 else 0.5,
        )
        for n in range(130)
        if chance(n, 1) > 0.2 or chance(n, 2) > 0.32
    ]


def planet() -> list[str]:
    ring = "M-188 0 A188 40 0 0 {} 188 0"
    far, near = (tag("path", d=ring.format(n), fill="none", stroke=AMBER, stroke_width=9) for n in (1, 0))
    shades = (
        "#ffe0b8",
        "#ffc9a3",
        "#ffd6ae",
        "#f7a795",
        "#ee8e8f",
        "#f29c92",
        "#d9788c",
        "#b8628c",
        "#a05a8e",
        "#7d4788",
    )
    belts = [rect(-92, -92 + 18.4 * n, 184, 19, shade) for n, shade in enumerate(shades)]
    halo = [circle(1035, 150, radius, "#ffd2b0", fill_opacity=0.07) for radius in (215, 170, 130)]
    return [
        *halo,
        tag(
            "g",
            far,
            tag("g", *belts, clip_path="url(#disc)"),
            near,
            transform="translate(1035 150) rotate(-18)",
        ),
    ]


def clouds() -> list[str]:
    """Blocks of cloud: place, and the boxes in it."""
    parts = []
    for x, y, unit, colour in (
        (120, 470, 17, "#f3c3cf"),
        (1110, 500, 19, "#f6c6c4"),
        (1010, 610, 12, "#ffd9c2"),
        (236, 600, 13, "#ffd6c4"),
    ):
        view = View(x, y, unit)
        for bx, by, w, d, h in (
            (-1, -2, 3, 2, 0.9),
            (-2, 0, 4, 2, 0.7),
            (0, 0.4, 2, 1.2, 1.3),
            (2, 0, 1.6, 1.4, 0.5),
        ):
            parts.append(view.box(bx, by, 0, w, d, h, colour))
    return parts


def display() -> list[str]:
    """The head-up display: life, shield, blocks at hand."""
    parts = [
        text(40, 56, "ALIOTH", 19, "#ffffff", font_weight=700, letter_spacing=4),
        text(40, 80, "secteur 14 · 27 joueurs", 14, "#ffffff", fill_opacity=0.75),
    ]
    for n, (share, colour) in enumerate(((0.82, CORAL), (0.58, TEAL))):
        parts += [
            rect(40, 98 + 18 * n, 190, 9, "#ffffff", fill_opacity=0.18, rx=4.5),
            rect(40, 98 + 18 * n, 190 * share, 9, colour, rx=4.5),
        ]
    for n, colour in enumerate((GRASS, EARTH, SAND, ROCK, LEAF, VIOLET, CORAL)):
        x = WIDTH / 2 - 7 * 33 + n * 66
        parts += [
            rect(
                x + 3,
                HEIGHT - 78,
                60,
                60,
                INK,
                fill_opacity=0.55,
                rx=9,
                stroke=AMBER if n == 2 else "#ffffff",
                stroke_width=3 if n == 2 else 1,
                stroke_opacity=1 if n == 2 else 0.25,
            ),
            View(x + 33, HEIGHT - 63, 18).box(0, 0, -1, 1, 1, 1, colour),
        ]
    return parts


def draw() -> str:
    clips = tag(
        "defs",
        tag("clipPath", circle(0, 0, 92, "#ffffff"), id="disc"),
        tag("clipPath", rect(0, 0, WIDTH, HEIGHT, "#ffffff", rx=16), id="frame"),
    )
    world = tag("g", *sky(), *planet(), *clouds(), *island(), *display(), clip_path="url(#frame)")
    return document(WIDTH, HEIGHT + MARGIN, clips, world)
