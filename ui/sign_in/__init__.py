"""Who is at this desk: signing in by PIN, and the lock that still scans."""
