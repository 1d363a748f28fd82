"""The start page: what a person sees before there is an event."""
