"""How data files are read: text -> values with lines (`yaml_text`) -> models (`strict`) or `sentences`."""
