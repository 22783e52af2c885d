"""Links: why they stand where they do, what they look for, and which document that is."""
