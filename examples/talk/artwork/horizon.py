"""cubism.png: a horizon chart, many series in little height; darker is farther from normal."""

from math import sin

from svg import INDIGO, INK, document, mix, noise, path, rect, text

WIDTH, HEIGHT = 1440, 810
TOP, ROW, BANDS, STEP = 64, 39, 4, 3
COUNT, CURSOR = WIDTH // STEP, 944
NAMES = (
    "charge shard-01",
    "charge shard-02",
    "charge shard-03",
    "charge shard-04",
    "mémoire shard-01",
    "mémoire shard-02",
    "réseau entrant",
    "réseau sortant",
    "paquets perdus",
    "disque lecture",
    "disque écriture",
    "requêtes LDAP",
    "voxels modifiés",
    "messages du forum",
    "joueurs connectés",
    "sessions ouvertes",
    "file d'attente",
    "temps de réponse",
)
UP = tuple(mix("#d6f3ee", INDIGO, n / 3) if n else "#cfeeea" for n in range(BANDS))
DOWN = tuple(mix("#ffe1d8", "#c2355a", n / 3) for n in range(BANDS))


def values(row: int) -> list[float]:
    """In [-1, 1]: a daily wave, drift, and an event that the rows share."""
    found = []
    for n in range(COUNT):
        hour = n * 9 / COUNT
        wave = 0.42 * sin(1.05 * hour + row * 0.55 + 2 * noise(row, 4, 2))
        drift = sum(
            share * (noise(hour * pace, row, 5) - 0.5) for share, pace in ((0.95, 1.3), (0.42, 6.7), (0.10, 19))
        )
        event = 0.85 * noise(row, 1, 9) * max(0.0, 1 - abs(hour - 5.9 - 0.08 * (row % 5)) / 0.55)
        found.append(max(-1.0, min(1.0, wave + drift + (event if row % 3 else -0.6 * event))))
    return found


def band(found: list[float], level: int, sign: int, base: int) -> str:
    """What of the values lies in one band, folded down onto the row's base line; a step for each value."""
    tops = (base - round(ROW * max(0.0, min(1.0, sign * v * BANDS - level))) for v in found)
    return f"M0 {base}" + "".join(f"V{top}h{STEP}" for top in tops) + f"V{base}Z"


def row(n: int) -> str:
    found = values(n)
    base = TOP + (n + 1) * ROW
    areas = [
        path(band(found, level, sign, base), colours[level], shape_rendering="crispEdges")
        for sign, colours in ((1, UP), (-1, DOWN))
        for level in range(BANDS)
        if any(sign * v * BANDS > level for v in found)
    ]
    last = found[CURSOR // STEP]
    figure = f"{'+' if last > 0 else '−'}{abs(last) * 40:.1f}".replace(".", ",")
    halo = {
        "stroke": "#ffffff",
        "stroke_width": 4,
        "stroke_opacity": 0.75,
        "paint_order": "stroke",
        "stroke_linejoin": "round",
    }
    return (
        rect(0, base - ROW, WIDTH, ROW, "#ffffff")
        + "".join(areas)
        + rect(0, base - 1, WIDTH, 1, "#ffffff")
        + text(16, base - 13, NAMES[n], 17, INK, font_weight=500, **halo)
        + text(CURSOR - 8, base - 13, figure, 16, INK, text_anchor="end", font_weight=600, **halo)
    )


def draw() -> str:
    axis = []
    for n in range(9):
        x = 90 + n * 158
        axis += [
            rect(x, TOP - 10, 1, 10, INK),
            text(x, TOP - 20, f"{(10 + n):02d}:00", 17, INK, text_anchor="middle"),
        ]
    rows = [row(n) for n in range(len(NAMES))]
    cursor = [rect(CURSOR, TOP - 10, 2, ROW * len(NAMES) + 18, INK)]
    frame = [rect(0, TOP - 1, WIDTH, 1.5, INK), rect(0, TOP + ROW * len(NAMES), WIDTH, 1.5, INK)]
    key = [rect(8 * 42 + 520 + i * 42, 785, 40, 14, c) for i, c in enumerate((*reversed(DOWN), *UP))]
    words = [
        text(844, 798, "sous la normale", 16, INK, text_anchor="end"),
        text(1204, 798, "au-dessus", 16, INK),
    ]
    return document(WIDTH, HEIGHT, rect(0, 0, WIDTH, HEIGHT, "#ffffff"), *axis, *rows, *frame, *cursor, *key, *words)
