"""What a page can hold: headings, paragraphs, tables and pictures, the same for every format."""
