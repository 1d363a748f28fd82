"""The Event place: plan, import, badges, stations, backups, preferences."""
