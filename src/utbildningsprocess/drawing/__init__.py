"""A picture drawn: `svg` for pages, `mermaid` for Markdown, `lists` where only words can be shown.

Whatever a label says, it stays a label.
"""
