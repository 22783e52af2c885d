"""HTTP and nothing else: routes, problems, conditional requests, languages, tokens. Answers come from ``query``."""
