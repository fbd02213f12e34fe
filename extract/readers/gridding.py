"""Builds a rectangular grid from rows of cells that may span several rows and columns."""

from __future__ import annotations

from kehoach.schemas.spans import Span
from kehoach.schemas.stages import Grid, GridCell

# HTML's own limit on rows; no plan has so wide or so large a table, and a page that claims one must not fill the memory.
_MAX_ROWSPAN = 65534
_MAX_COLUMNS = 200
_MAX_POSITIONS = 500_000


class GridBuilder:
    """Takes cells in reading order; positions that a merged cell covers repeat its span as ``inherited``."""

    def __init__(self) -> None:
        self._rows: list[dict[int, GridCell]] = []
        self._open: dict[int, tuple[int, Span | None]] = {}  # column -> rows still covered from above, and by what
        self._column = 0
        self._positions = 0

    def row(self) -> None:
        """Begins the next row."""
        if self._positions >= _MAX_POSITIONS:
            return
        self._finish_row()
        self._rows.append({})
        self._column = 0

    def cell(self, span: Span | None, rowspan: int = 1, colspan: int = 1) -> None:
        """Adds a cell at the next free position of the row; ``rowspan`` 0 means to the end of the table, as in HTML."""
        if not self._rows:
            self.row()
        self._skip_covered()
        rows = min(rowspan or _MAX_ROWSPAN, _MAX_ROWSPAN)
        for offset in range(max(1, min(colspan, _MAX_COLUMNS))):
            if self._column >= _MAX_COLUMNS or self._positions >= _MAX_POSITIONS or (offset and self._column in self._open):
                break  # of cells that overlap the earlier one keeps its place
            self._put(GridCell(span, inherited=bool(offset)))
            if rows > 1:
                self._open[self._column] = (rows - 1, span)
            self._column += 1

    def grid(self, span: Span) -> Grid | None:
        """The grid so far, None when it has no cell; columns and rows without any text of their own are left out."""
        self._finish_row()
        self._open = {}
        rows = [row for row in self._rows if any(not cell.inherited for cell in row.values())]
        width = max((max(row) + 1 for row in rows), default=0)
        if not width or self._positions >= _MAX_POSITIONS:
            return None
        empty = GridCell(None)
        return Grid(span, tuple(tuple(row.get(column, empty) for column in range(width)) for row in rows))

    def _put(self, cell: GridCell) -> None:
        self._rows[-1][self._column] = cell
        self._positions += 1

    def _skip_covered(self) -> None:
        while (above := self._open.get(self._column)) is not None and above[0] > 0:
            self._take(above)

    def _take(self, above: tuple[int, Span | None]) -> None:
        left, span = above
        self._put(GridCell(span, inherited=True))
        if left > 1:
            self._open[self._column] = (left - 1, span)
        else:
            del self._open[self._column]
        self._column += 1

    def _finish_row(self) -> None:
        if not self._rows:
            return
        for column in sorted(column for column in self._open if column >= self._column):
            self._column = column
            self._take(self._open[column])
