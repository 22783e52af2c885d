"""The URL a post is published at, as its own generator computes it."""
