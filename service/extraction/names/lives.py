"""The years of a life beside a name: only people are born, graduate and are transferred."""

from __future__ import annotations

import re
from typing import Final

LIFE: Final = re.compile(  # 王明（1912 年－1990 年）, 王明於 1936 年出生
    r" ?\((?:前|约|公元)?[0-9]{3,4} ?年?[^()\n]{0,12}[-–—－~至][^()\n]{0,20}\)"
    r"|于 ?[0-9]{3,4} ?年[^,。\n]{0,10}?(?:生|去世|逝世|病逝|毕业|当选|入选|加盟|加入|转会)"
)
