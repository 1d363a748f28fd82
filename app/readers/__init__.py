"""Where scans come from, without Qt."""
