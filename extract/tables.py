"""All data tables of a text, from the cells that its format marks and from lines that once were cells."""

from __future__ import annotations

from kehoach.extract.columns import CellKinds, TableRules, light_kinds, load_table_rules
from kehoach.extract.flattened import find_flattened
from kehoach.extract.gridtables import find_grid_tables
from kehoach.schemas.stages import CleanText, Table


def find_tables(clean: CleanText, rules: TableRules, kinds: CellKinds | None = None) -> tuple[Table, ...]:
    """The data tables in document order; they do not overlap.

    Letterheads, signature blocks and property boxes that are set as tables are left out. ``kinds`` may bring
    fuller grammars of agencies and timeframes than the light ones of the rules.
    """
    told = kinds or light_kinds(rules)
    marked = find_grid_tables(clean, rules, told)
    flattened = find_flattened(clean, rules, told, [grid.span for grid in clean.source.grids])
    return tuple(sorted([*marked, *flattened], key=lambda table: table.span))


__all__ = ["CellKinds", "TableRules", "find_tables", "load_table_rules"]
