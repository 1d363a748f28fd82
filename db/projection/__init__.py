"""Read tables: caches of folds, written by difference and rebuildable from the journal."""
