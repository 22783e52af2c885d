"""How well a lookup tells agreement from conflict, measured on stories whose pairs were judged by hand."""
