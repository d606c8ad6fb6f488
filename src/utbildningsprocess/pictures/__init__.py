"""What there is to draw of an initiative, and how: as SVG, as Mermaid, as lists in words."""
