"""The Hub page of the Event place, and joining at the first start."""
