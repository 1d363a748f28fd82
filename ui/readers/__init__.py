"""Sources of scans beside the keyboard: serial readers, camera, cards; and how they stand."""
