"""The command ``wenmai``: serve, ingest, inspect, export, check."""

from service.cli.commands import main

__all__ = ["main"]
