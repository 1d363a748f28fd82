"""Questions to the read tables, one file a noun."""
