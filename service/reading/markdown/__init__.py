"""Markdown → prose with everything in its place. The door to markdown-it."""
