"""What passes between stages, what leaves, and errors. Imports nothing else of the package."""
