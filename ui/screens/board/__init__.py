"""The Board place: a welcome with a live count, or the numbers now serving; never names."""
