"""The Roster place: everybody registered for a session."""
