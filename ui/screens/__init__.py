"""One package for every place of the window; screens never import one another."""
