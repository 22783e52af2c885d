"""What a template engine takes out of a post before Markdown is read: shortcodes, Liquid, comments."""
