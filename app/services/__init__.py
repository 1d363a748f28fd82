"""What people do: one public method is one transaction and returns frozen dataclasses."""
