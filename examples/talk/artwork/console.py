"""ncurses-dev.png: the terminal in which the developers' virtual machines are managed."""

from xml.sax.saxutils import escape

from svg import AMBER, CORAL, TEAL, circle, document, rect, tag, text

WIDTH, HEIGHT = 1440, 810
# Whole pixels: a letter looks the same wherever it stands.
COLUMNS, CELL, LINE, LEFT, TOP = 100, 14, 29, 20, 88
BACK, WORDS, FAINT, FRAME, BAR = "#10122a", "#dfe1f5", "#8286b3", "#5c62a8", "#3a3dc0"

MACHINES = (
    ("dev-01", "pierre", "debian-7", "4", "8 Gio", "10.14.0.11", "active", 0.62),
    ("dev-02", "camille", "debian-7", "4", "8 Gio", "10.14.0.12", "active", 0.35),
    ("dev-03", "ismaël", "ubuntu-14.04", "2", "4 Gio", "10.14.0.13", "arrêtée", 0.0),
    ("dev-04", "zoé", "debian-7", "8", "16 Gio", "10.14.0.14", "active", 0.88),
    ("dev-05", "marguerite", "debian-7", "4", "8 Gio", "10.14.0.15", "création", 0.12),
    ("bot-01", "charge", "debian-7", "2", "2 Gio", "10.14.1.21", "active", 0.97),
    ("bot-02", "charge", "debian-7", "2", "2 Gio", "10.14.1.22", "active", 0.94),
    ("forum", "web", "debian-7", "1", "1 Gio", "10.14.2.31", "active", 0.21),
    ("ldap", "infra", "debian-7", "1", "1 Gio", "10.14.2.32", "active", 0.08),
    ("metrics", "infra", "debian-7", "4", "8 Gio", "10.14.2.33", "active", 0.54),
)
STATES = {"active": TEAL, "arrêtée": FAINT, "création": AMBER}
AT = (4, 14, 27, 42, 47, 56, 70)  # the columns in which the fields begin
TITLES = ("NOM", "ÉQUIPE", "IMAGE", "CPU", "MÉMOIRE", "ADRESSE", "ÉTAT", "CHARGE")
SELECTED = 3
EVENTS = (
    ("17:41:02", "dev-05 clonage de l'image debian-7", WORDS),
    ("17:41:09", "dev-05 recette commune.yml", WORDS),
    ("17:41:27", "dev-05 ok=14 changed=9 failed=0", TEAL),
    ("17:42:15", "bot-01 charge au-dessus du seuil", AMBER),
    ("17:42:16", "bot-02 charge au-dessus du seuil", AMBER),
    ("17:42:31", "dev-03 arrêt demandé par ismaël", WORDS),
)
LOADS = (
    ("processeur", 0.88, "88 %"),
    ("mémoire", 0.56, "9,0 Gio"),
    ("disque", 0.34, "27 Gio"),
    ("réseau", 0.19, "2,1 Mo/s"),
)
KEYS = (
    ("F1", "Aide"),
    ("F2", "Créer"),
    ("F3", "Chercher"),
    ("F5", "Relancer"),
    ("F6", "Migrer"),
    ("F8", "Détruire"),
    ("F9", "Console"),
    ("F10", "Quitter"),
)


def put(column: float, row: float, words: str, fill: str = WORDS, weight: int = 400) -> str:
    """Text on the grid of cells: each letter has a place of its own, whatever the font's width."""
    places = " ".join(str(round(LEFT + (column + n) * CELL)) for n in range(len(words)))
    return tag(
        "text",
        escape(words),
        x=places,
        y=round(TOP + row * LINE),
        font_size=22.5,
        fill=fill,
        font_weight=weight,
        font_family="JetBrains Mono",
        font_variant_ligatures="none",
    )


def fill(column: float, row: float, width: float, height: float, colour: str) -> str:
    return rect(LEFT + column * CELL, TOP + row * LINE - 22, width * CELL, height * LINE, colour)


def box(column: int, row: int, width: int, height: int, title: str) -> list[str]:
    """A frame of hairlines through the middle of its cells, as a terminal draws it."""
    x, y = LEFT + (column + 0.5) * CELL + 0.5, TOP + row * LINE - 7.5
    return [
        rect(x, y, (width - 1) * CELL, (height - 1) * LINE, "none", stroke=FRAME, stroke_width=2),
        fill(column + 2, row, len(title) + 2, 1, BACK),
        put(column + 3, row, title, "#aab0ff", 700),
    ]


def bar(column: int, row: float, cells: int, share: float, colour: str) -> str:
    used = round(cells * share)
    return "".join(
        rect(LEFT + (column + n) * CELL, TOP + row * LINE - 15, CELL - 3, 17, colour if n < used else "#2a2d55")
        for n in range(cells)
    )


def machine(row: int, fields: tuple[str, ...], share: float, chosen: bool) -> list[str]:
    state = STATES[fields[-1]]
    parts = [fill(2, row, COLUMNS - 4, 1, BAR)] if chosen else []
    for n, (column, words) in enumerate(zip(AT, fields, strict=True)):
        colour = "#ffffff" if chosen else state if n == 6 else WORDS if n in (0, 5) else "#b4b7dd"
        parts.append(put(column, row, words, colour, 700 if chosen or n == 0 else 400))
    if share:
        parts.append(bar(81, row, 14, share, CORAL if share > 0.9 else AMBER if share > 0.8 else TEAL))
    return parts


def window() -> list[str]:
    return [
        rect(0, 0, WIDTH, HEIGHT, BACK, rx=16),
        rect(0, 0, WIDTH, 46, "#262a55", rx=16),
        rect(0, 24, WIDTH, 22, "#262a55"),
        *(circle(30 + n * 27, 23, 8.5, c) for n, c in enumerate((CORAL, AMBER, TEAL))),
        text(
            WIDTH / 2,
            30,
            "pierre@orchestre: ~/infra",
            18,
            WORDS,
            text_anchor="middle",
            font_family="JetBrains Mono",
        ),
    ]


def head() -> list[str]:
    return [
        put(1, 0, "orchestre 0.9", "#ffffff", 700),
        put(18, 0, "10 machines · 8 actives · 32 CPU · 58 Gio", "#b4b7dd"),
        put(91, 0, "17:42:38", FAINT),
    ]


def table() -> list[str]:
    parts = box(0, 1, COLUMNS, 13, "Machines virtuelles")
    parts += [put(column, 2, words, FAINT, 700) for column, words in zip((*AT, 81), TITLES, strict=True)]
    for n, (*fields, share) in enumerate(MACHINES):
        parts += machine(3 + n, tuple(fields), share, n == SELECTED)
    return parts


def journal() -> list[str]:
    parts = box(0, 14, 58, 8, "Journal")
    for n, (hour, words, colour) in enumerate(EVENTS):
        parts += [put(3, 15 + n, hour, FAINT), put(13, 15 + n, words, colour)]
    return parts


def detail() -> list[str]:
    parts = box(59, 14, 41, 8, "dev-04")
    for n, (name, share, words) in enumerate(LOADS):
        parts += [
            put(62, 15.5 + n, name, "#b4b7dd"),
            bar(74, 15.5 + n, 14, share, AMBER if share > 0.8 else TEAL),
            put(98 - len(words), 15.5 + n, words),
        ]
    return [*parts, put(62, 20, "démarrée depuis 6 j 04:12", FAINT)]


def keys() -> list[str]:
    parts = []
    column = 0
    for key, words in KEYS:
        parts += [
            put(column, 22.85, key, WORDS, 700),
            fill(column + len(key) + 0.3, 22.85, len(words) + 1.2, 1, TEAL),
            put(column + len(key) + 0.9, 22.85, words, BACK, 700),
        ]
        column += len(key) + len(words) + 3
    return parts


def draw() -> str:
    return document(WIDTH, HEIGHT, *window(), tag("g", *head(), *table(), *journal(), *detail(), *keys()))
