"""What a post says above its text, and what its site adds: front matter of any generator → one vocabulary."""
