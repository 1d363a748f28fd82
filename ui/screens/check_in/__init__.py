"""The check-in place: what the door sees and does."""
