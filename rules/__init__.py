"""What the language says, as data (YAML), and the one loader. A user's folder of the same form is laid over it."""
