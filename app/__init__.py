"""Venue Desk without a window: rules, services, papers and the command line."""
