"""The floor: a plain Django view that inserts one row."""
