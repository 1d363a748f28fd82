"""The Board place: a welcome with a live count for a second screen, never names."""
