"""All data tables of a text, from the cells that its format marks and from lines that once were cells."""

from __future__ import annotations

from kehoach.extract.columns import CellKinds, TableRules, light_kinds, load_table_rules
from kehoach.extract.flattened import find_flattened
from kehoach.extract.gridtables import find_grid_tables
from kehoach.extract.tabrows import find_tab_grids
from kehoach.schemas.stages import CleanText, ColumnRole, Table


def find_tables(clean: CleanText, rules: TableRules, kinds: CellKinds | None = None) -> tuple[Table, ...]:
    """The data tables in document order; they do not overlap.

    Letterheads, signature blocks and property boxes that are set as tables are left out. ``kinds`` may bring
    fuller grammars of agencies and timeframes than the light ones of the rules.
    """
    told = kinds or light_kinds(rules)
    taken = [grid.span for grid in clean.source.grids]
    tabbed = [grid for grid in find_tab_grids(clean.text) if not any(grid.span.meets(span) for span in taken)]
    grids = sorted([*clean.source.grids, *tabbed], key=lambda grid: grid.span)
    marked = find_grid_tables(clean, grids, rules, told)
    flattened = find_flattened(clean, rules, told, [grid.span for grid in grids])
    return _apart([*marked, *flattened])


def _apart(tables: list[Table]) -> tuple[Table, ...]:
    """The tables in order, without those that overlap a better one: of nested tables the one with known columns, else the smaller."""

    def worth(table: Table) -> tuple[int, int]:
        return -sum(column.role is not ColumnRole.OTHER for column in table.columns), table.span.length

    kept: list[Table] = []
    for table in sorted(tables, key=lambda table: (table.span.start, -table.span.end)):
        rivals = []
        while kept and kept[-1].span.meets(table.span):
            rivals.append(kept.pop())
        if not rivals or worth(table) < min(worth(rival) for rival in rivals):
            kept.append(table)
        else:
            kept += reversed(rivals)
    return tuple(kept)


__all__ = ["CellKinds", "TableRules", "find_tables", "load_table_rules"]
