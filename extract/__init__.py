"""Text to records, one module per stage, in the order of the data."""
