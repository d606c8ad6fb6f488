"""Text in YAML or JSON -> values that know their lines, and the names in braces that texts may hold."""
