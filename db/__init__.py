"""Storage: the encrypted journal, and read tables kept by folds."""
