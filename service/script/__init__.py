"""Two scripts, one meaning: the only door to OpenCC.

Three questions, never mixed up:

- ``fold(text)``: script, width and case erased, one character to one character, so offsets hold. To match and index.
- ``detect(text)``: which script a text is written in.
- ``render(text, lang)``: a text for a reader in the variant asked for. Never indexed.
"""

from service.script.detection import detect
from service.script.folding import fold, narrow
from service.script.preferences import Preferences
from service.script.rendering import VARIANTS, Renderer, render

__all__ = ["VARIANTS", "Preferences", "Renderer", "detect", "fold", "narrow", "render"]
