"""For people: a document on the terminal, checks and differences."""
