"""The county's clock; how much time a case has is the desk's policy (api/review/policy.py)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

COUNTY = ZoneInfo("Asia/Shanghai")
