"""Every page in the states people meet it in: what axe, the gallery and the sizes are tried on.

A new page needs a row in the module of its part; `test_every_page_has_a_screen` names what is
missing.
"""

from __future__ import annotations

from tests.journeys.screens import chat, counter, desk, english, home, kiosk
from tests.journeys.screens.chat import QUESTION, ask, greet, held, opened, unsure
from tests.journeys.screens.screen import Screen

__all__ = [
    "ENGLISH",
    "NO_PAGE",
    "QUESTION",
    "SCREENS",
    "Screen",
    "ask",
    "greet",
    "held",
    "opened",
    "unsure",
]

SCREENS = (*chat.SCREENS, *counter.SCREENS, *kiosk.SCREENS, *home.SCREENS, *desk.SCREENS)
ENGLISH = english.SCREENS
NO_PAGE = frozenset({  # answers with a file, a stream or a redirect
    "/desk/aid/{number}/photos/{token}", "/desk/cases/{number}/pictures/{token}",
    "/desk/code.svg", "/desk/events", "/wechat", "/wecom",
    "/desk/deliveries/{number}/slip",  # drawn as /a/{token}
    "/kiosk/worker.js", "/kiosk/offline.json",
    "/go/{token}/wechat.png",  # the code to subscribe
    "/papers/p/{token}/word", "/papers/p/{token}/pdf", "/qr.svg", "/widget.js",
        "/healthz", "/readyz", "/metrics", "/api/v1/openapi.json",
})  # fmt: skip
