"""The Help desk place; for now what will be here and what to do meanwhile."""
