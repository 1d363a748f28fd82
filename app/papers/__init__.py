"""Everything written for people and other systems: badges, sheets, proofs, tables."""
