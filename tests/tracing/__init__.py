"""Tests of the traces that are sent."""
