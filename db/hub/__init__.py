"""The hub's storage: the facts of many events on SQLite or PostgreSQL."""
