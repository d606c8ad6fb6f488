"""Renderers: one module a format, each from a page or from answers to bytes. No disk, no terminal.

The libraries of a format are imported where they are used; only HTML needs none.
"""
