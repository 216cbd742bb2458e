"""Reads that need more than one table: frozen dataclasses, a fixed number of SQL statements."""
