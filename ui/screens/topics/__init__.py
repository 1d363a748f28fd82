"""The topics of the help desk: two levels, their names, order and keys."""
