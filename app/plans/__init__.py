"""Plan files: reading the TOML, saying what is wrong with it and what contradicts itself."""
