"""Measurements that need the window: a scan up to its paint, a start up to its first verdict."""
