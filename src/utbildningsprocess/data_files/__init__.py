"""How data files are read: YAML text -> values that know their lines (`yaml_text`) -> models (`strict`)."""
