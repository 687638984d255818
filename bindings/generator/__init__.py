"""Writes what the bindings share and what each language has from the headers, the events and the option table."""
