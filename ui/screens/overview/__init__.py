"""The Overview place: who is expected, who has come, which schools are missing."""
