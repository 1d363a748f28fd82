"""The hub: where devices exchange facts. Installs without Qt."""
