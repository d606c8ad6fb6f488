"""En ledstång från behov till uppföljning: frågor, svar, dossier i Markdown."""

__version__ = "0.1.0"
