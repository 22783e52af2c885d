"""Figures: quantities with their unit and how sure they are, read by a grammar of Chinese and Arabic numerals."""

from service.extraction.figures.finding import find_figures, parse_quantity
from service.extraction.figures.numbers import Number, find_numbers
from service.extraction.figures.numerals import parse_numeral

__all__ = ["Number", "find_figures", "find_numbers", "parse_numeral", "parse_quantity"]
