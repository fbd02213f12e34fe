"""Folders of documents: discovery, worker processes, output files."""
