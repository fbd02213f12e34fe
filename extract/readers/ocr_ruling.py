"""The ruling of tables in a picture: long straight runs of dark pixels, found and painted over before the letters are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

# Darker pixels are ink.
_INK = 140
# The shortest line of a table, in inches: longer than the stroke of any letter of a text.
_SHORTEST = 0.4
# Lines of scans break and waver by a pixel or two; so much of a run has to be ink.
_SOLID = 0.92
# Segments nearer than this many points are one.
_NEAR = 3.0

Edge = dict[str, Any]


def find_ruling(image: Image, resolution: float) -> tuple[list[Edge], Image]:
    """The horizontal and vertical lines in points, and the picture without them."""
    import numpy
    from PIL import Image as pillow  # noqa: N813 - the package's own habit

    pixels = numpy.asarray(image)
    ink = pixels < _INK
    length = max(20, round(_SHORTEST * resolution))
    across, down = _long_runs(ink, length), _long_runs(ink.T, length).T
    if not across.any() or not down.any():
        return [], image  # underlined titles are no tables
    edges = [*_segments(across, resolution, "h"), *_segments(down.T, resolution, "v")]
    clean = pixels.copy()
    clean[_wider(across) | _wider(down.T).T] = 255
    return edges, pillow.fromarray(clean)


def _long_runs(ink: Mask, length: int) -> Mask:
    """Pixels of rows of ``length`` and more pixels that are ink but for a few."""
    import numpy

    height, width = ink.shape
    found = numpy.zeros(ink.shape, dtype=bool)
    if width <= length:
        return found
    sums = numpy.zeros((height, width + 1), dtype=numpy.int32)
    numpy.cumsum(ink, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= _SOLID * length
    marks = numpy.zeros((height, width + 1), dtype=numpy.int32)
    marks[:, : width - length + 1] += full
    marks[:, length:] -= full
    return numpy.cumsum(marks, axis=1)[:, :width] > 0


def _wider(mask: Mask) -> Mask:
    """``mask`` and the grey rows beside it."""
    wide = mask.copy()
    for shift in (1, 2):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
    return wide


def _segments(mask: Mask, resolution: float, orientation: str) -> list[Edge]:
    """One edge for each run of rows that belong to one line; ``mask`` is turned so that lines run along its rows."""
    import numpy

    scale = 72 / resolution
    pieces: list[list[float]] = []  # position (last row), start, end, first row
    for row in numpy.flatnonzero(mask.any(axis=1)):
        steps = numpy.diff(numpy.concatenate(([0], mask[row].astype(numpy.int8), [0])))
        for start, end in zip(numpy.flatnonzero(steps == 1), numpy.flatnonzero(steps == -1), strict=True):
            same = next(
                (piece for piece in reversed(pieces[-40:]) if row - piece[0] <= _NEAR / scale and start <= piece[2] and end >= piece[1]), None
            )
            if same is None:
                pieces.append([float(row), float(start), float(end), float(row)])
            else:
                same[0], same[1], same[2] = float(row), min(same[1], float(start)), max(same[2], float(end))
    return [_edge((piece[0] + piece[3]) / 2 * scale, piece[1] * scale, piece[2] * scale, orientation) for piece in pieces]


def _edge(position: float, start: float, end: float, orientation: str) -> Edge:
    """An edge as pdfplumber's table finder takes it."""
    if orientation == "h":
        return {"x0": start, "x1": end, "top": position, "bottom": position, "width": end - start, "orientation": "h", "object_type": "line"}
    return {"x0": position, "x1": position, "top": start, "bottom": end, "height": end - start, "orientation": "v", "object_type": "line"}
