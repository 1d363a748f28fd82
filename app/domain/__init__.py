"""Words and rules of an on-site training: pure, standard library only."""
