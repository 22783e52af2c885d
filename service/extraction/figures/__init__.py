"""Figures: quantities with their unit and how sure they are, read by a grammar of Chinese and Arabic numerals."""

from service.extraction.figures.finding import find_figures, parse_quantity

__all__ = ["find_figures", "parse_quantity"]
