"""Isometric boxes: x goes down to the right, y down to the left, z up."""

from svg import Point, mix, polygon


class View:
    """Where the origin of space is on the picture, and how many pixels half a unit is wide."""

    def __init__(self, x: float, y: float, unit: float) -> None:
        self.x, self.y, self.unit = x, y, unit

    def at(self, x: float, y: float, z: float = 0) -> Point:
        return self.x + (x - y) * self.unit, self.y + (x + y) * self.unit / 2 - z * self.unit

    def top(self, x: float, y: float, z: float, w: float, d: float, fill: str, **more: object) -> str:
        return polygon(
            (self.at(x, y, z), self.at(x + w, y, z), self.at(x + w, y + d, z), self.at(x, y + d, z)),
            fill,
            **more,
        )

    def left(self, x: float, y: float, z: float, w: float, h: float, fill: str, **more: object) -> str:
        """The face that looks to the lower left; (x, y) is its left end."""
        return polygon(
            (self.at(x, y, z), self.at(x + w, y, z), self.at(x + w, y, z + h), self.at(x, y, z + h)),
            fill,
            **more,
        )

    def right(self, x: float, y: float, z: float, d: float, h: float, fill: str, **more: object) -> str:
        """The face that looks to the lower right; (x, y) is its right end."""
        return polygon(
            (self.at(x, y, z), self.at(x, y + d, z), self.at(x, y + d, z + h), self.at(x, y, z + h)),
            fill,
            **more,
        )

    def box(self, x: float, y: float, z: float, w: float, d: float, h: float, colour: str) -> str:
        """A box lit from the upper left, drawn with hairlines of its own colours against seams."""
        faces = (
            (self.left(x, y + d, z, w, h, "{}"), mix(colour, "#12142b", 0.16)),
            (self.right(x + w, y, z, d, h, "{}"), mix(colour, "#12142b", 0.42)),
            (self.top(x, y, z + h, w, d, "{}"), mix(colour, "#ffffff", 0.12)),
        )
        return "".join(face.replace('fill="{}"', f'fill="{c}" stroke="{c}" stroke-width="0.6"') for face, c in faces)
