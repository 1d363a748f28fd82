"""The Closing place: exceptions, decisions, files, seal."""
