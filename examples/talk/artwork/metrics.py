"""grafana-monitor0.png: a dashboard of the metrics of a cluster."""

from math import sin

from svg import (
    AMBER,
    CORAL,
    TEAL,
    VIOLET,
    Point,
    circle,
    document,
    gradient,
    noise,
    path,
    points,
    polyline,
    rect,
    tag,
    text,
)

WIDTH, HEIGHT = 1440, 810
BACK, PANEL, LINE, WORDS, FAINT = "#111322", "#1a1d33", "#2b2f4d", "#e8e9f5", "#9396b5"


def panel(x: float, y: float, width: float, height: float, title: str, *parts: str) -> str:
    return tag(
        "g",
        rect(0.5, 0.5, width - 1, height - 1, PANEL, rx=8, stroke=LINE),
        text(18, 31, title, 17, WORDS, font_weight=600),
        *parts,
        transform=f"translate({x} {y})",
    )


def series(seed: int, base: float, swing: float, count: int = 90) -> list[float]:
    """Values in [0, 1] that look measured."""
    return [
        min(
            0.97,
            max(
                0.03,
                base
                + swing
                * (noise(n / 11, seed, 1) + 0.45 * noise(n / 3, seed, 2) + 0.18 * noise(n * 1.0, seed, 3) - 0.8),
            ),
        )
        for n in range(count)
    ]


def curve(values: list[float], x: float, y: float, width: float, height: float) -> list[Point]:
    step = width / (len(values) - 1)
    return [(x + n * step, y + height * (1 - v)) for n, v in enumerate(values)]


def grid(x: float, y: float, width: float, height: float, labels: tuple[str, ...]) -> list[str]:
    parts = []
    for n, label in enumerate(labels):
        level = y + height * (1 - n / (len(labels) - 1))
        parts += [
            rect(x, level, width, 1, LINE),
            text(x - 10, level + 5, label, 14, FAINT, text_anchor="end"),
        ]
    for n in range(6):
        parts.append(
            text(
                x + width * (n + 0.25) / 5.6,
                y + height + 24,
                f"{14 + n // 2}:{'00' if n % 2 == 0 else '30'}",
                14,
                FAINT,
                text_anchor="middle",
            )
        )
    return parts


def legend(x: float, y: float, names: tuple[tuple[str, str], ...]) -> list[str]:
    parts, at = [], x
    for name, colour in names:
        parts += [rect(at, y - 4, 16, 4, colour, rx=2), text(at + 24, y + 2, name, 14, FAINT)]
        at += 50 + 8.0 * len(name)
    return parts


def area(values: list[float], x: float, y: float, width: float, height: float, colour: str, fill: str) -> str:
    line = curve(values, x, y, width, height)
    shape = [(x, y + height), *line, (x + width, y + height)]
    return tag("polygon", points=points(shape), fill=fill) + polyline(line, colour, 2.4)


def figure(x: float, title: str, value: str, unit: str, colour: str, seed: int) -> str:
    values = series(seed, 0.5, 0.6, 40)
    spark = curve(values, 0, 92, 329, 50)
    fill = path(
        "M" + points([(2, 142), *((max(2.0, min(327.0, px)), py) for px, py in spark), (327, 142)]).replace(" ", " L"),
        colour,
        fill_opacity=0.16,
    )
    return panel(
        x,
        84,
        329,
        146,
        title,
        fill,
        polyline([(max(3.0, min(326.0, px)), py) for px, py in spark], colour, 2.0),
        text(18, 86, value, 44, colour, font_weight=700),
        text(32 + 28.0 * len(value), 86, unit, 20, FAINT, font_weight=500),
    )


def load() -> str:
    names = (("shard-01", TEAL), ("shard-02", VIOLET), ("shard-03", AMBER))
    box = (62.0, 52.0, 608.0, 176.0)
    lines = [
        area(series(seed, base, 0.55), *box, colour, f"url(#{fill})")
        for seed, base, colour, fill in (
            (7, 0.62, TEAL, "teal"),
            (12, 0.42, VIOLET, "violet"),
            (31, 0.2, AMBER, "amber"),
        )
    ]
    return panel(
        40,
        248,
        690,
        290,
        "Charge processeur",
        *grid(*box, ("0 %", "25 %", "50 %", "75 %", "100 %")),
        *lines,
        *legend(62, 276, names),
    )


def players() -> str:
    """Stacked bars, one each two minutes."""
    box = (62.0, 52.0, 568.0, 176.0)
    parts = grid(*box, ("0", "1 k", "2 k", "3 k", "4 k"))
    count = 48
    for n in range(count):
        ramp = 0.5 - 0.5 * sin(1.5708 - 3.1 * n / count)
        total = 0.12 + 0.78 * ramp + 0.07 * noise(n * 0.7, 3, 8)
        x, wide = box[0] + n * box[2] / count + 1.5, box[2] / count - 3
        base = box[1] + box[3]
        for share, colour in ((0.52, VIOLET), (0.3, TEAL), (0.18, CORAL)):
            tall = box[3] * total * share
            base -= tall
            parts.append(rect(x, base, wide, tall, colour))
    return panel(
        748,
        248,
        652,
        290,
        "Joueurs connectés",
        *parts,
        *legend(62, 276, (("Alioth", VIOLET), ("Sinnen", TEAL), ("Madis", CORAL))),
    )


def machines() -> str:
    parts = []
    rows = (
        ("ovh-game-1", 0.71),
        ("ovh-game-2", 0.64),
        ("ec2-bot-07", 0.93),
        ("ec2-bot-08", 0.88),
        ("lxc-forum", 0.22),
    )
    for n, (name, share) in enumerate(rows):
        y = 58 + n * 33
        colour = CORAL if share > 0.9 else AMBER if share > 0.8 else TEAL
        parts.append(text(18, y + 14, name, 15, WORDS))
        parts += [rect(132 + k * 10.6, y, 7.6, 18, colour if k / 30 < share else LINE, rx=1.5) for k in range(30)]
        parts.append(text(506, y + 15, f"{round(share * 100)} %", 16, colour, font_weight=700, text_anchor="end"))
    return panel(40, 556, 524, 232, "Mémoire par machine", *parts)


def latency() -> str:
    box = (70.0, 52.0, 474.0, 116.0)
    low = series(3, 0.22, 0.22)
    high = [min(0.95, v + 0.12 + 0.5 * max(0.0, noise(n / 4, 9, 6) - 0.45)) for n, v in enumerate(low)]
    band = [*curve(high, *box), *reversed(curve(low, *box))]
    return panel(
        582,
        556,
        566,
        232,
        "Latence réseau",
        *grid(*box, ("0 ms", "40 ms", "80 ms")),
        tag("polygon", points=points(band), fill=CORAL, fill_opacity=0.18),
        polyline(curve(high, *box), CORAL, 2.0),
        polyline(curve(low, *box), AMBER, 2.0),
        *legend(70, 218, (("médiane", AMBER), ("99e centile", CORAL))),
    )


def gauge() -> str:
    arc = "M{} 172 A84 84 0 0 1 {} {}"
    return panel(
        1166,
        556,
        234,
        232,
        "Disponibilité",
        path(arc.format(33, 201, 172), "none", stroke=LINE, stroke_width=20),
        path("M33 172 A84 84 0 0 1 199.5 157", "none", stroke=TEAL, stroke_width=20),
        text(117, 166, "99,7", 40, WORDS, font_weight=700, text_anchor="middle"),
        text(117, 198, "% sur 30 jours", 15, FAINT, text_anchor="middle"),
    )


def head() -> list[str]:
    return [
        rect(0, 0, WIDTH, 62, PANEL, rx=16),
        rect(0, 30, WIDTH, 32, PANEL),
        rect(0, 62, WIDTH, 1, LINE),
        *(rect(40 + n * 9, 40 - h, 6, h, c, rx=2) for n, (h, c) in enumerate(((12, TEAL), (20, VIOLET), (27, CORAL)))),
        text(84, 38, "Cluster de jeu", 21, WORDS, font_weight=700),
        text(248, 38, "/ supervision", 21, FAINT),
        rect(1172, 15, 228, 33, BACK, rx=6, stroke=LINE),
        circle(1192, 31.5, 5, TEAL),
        text(1208, 37, "3 dernières heures", 16, WORDS),
    ]


def draw() -> str:
    fills = [
        gradient(name, (0, colour, 0.32), (1, colour, 0.02))
        for name, colour in (("teal", TEAL), ("violet", VIOLET), ("amber", AMBER))
    ]
    tiles = [
        figure(40 + n * 343.67, *one)
        for n, one in enumerate(
            (
                ("Joueurs en ligne", "3 412", "", TEAL, 4),
                ("Mises à jour", "182", "k/s", VIOLET, 15),
                ("Conteneurs", "64", "LXC", AMBER, 22),
                ("Alertes", "2", "en cours", CORAL, 37),
            )
        )
    ]
    return document(
        WIDTH,
        HEIGHT,
        tag("defs", *fills),
        rect(0, 0, WIDTH, HEIGHT, BACK, rx=16),
        *head(),
        *tiles,
        load(),
        players(),
        machines(),
        latency(),
        gauge(),
    )
