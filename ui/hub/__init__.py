"""The window's side of exchange: the worker it keeps, the hub it runs, how both are told."""
