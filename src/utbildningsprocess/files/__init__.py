"""The only code that touches the disk: dossiers, the folder they live in, and half-typed answers."""
