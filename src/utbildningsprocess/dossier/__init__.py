"""The dossier: Markdown text <-> answers. Reading never raises; writing replaces one answer."""
