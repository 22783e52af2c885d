"""What every request passes on its way in and every answer on its way out, in this order from the outside.

`records` (its id, its line in the log) · `metrics` (how long) · `headers` (what a browser must not do with it) ·
`methods` (HEAD, OPTIONS, Allow) · `rates` (how many a minute) · CORS · compression · `body` (how much it sends).
"""
