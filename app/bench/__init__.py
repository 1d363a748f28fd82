"""Figures beside their physical floor, measured in the same run."""
