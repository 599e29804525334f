"""Pictures of the pages for docs/gallery.md: make gallery."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from api.wiring import now
from knowledge.corpus import Corpus
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import STATUTES
from tests.faked import Faked, over_fakes, serving, settings_in
from tests.journeys.screens import SCREENS, Screen
from tests.running import ROOT

PICTURES = ROOT / "docs/pictures"
WIDTHS = ((320, 640), (768, 1024), (1280, 900))
#: What stands for its page; the other states are tried by the tests and not kept as pictures.
SHOWN = (
    *("chat-answer", "chat-law", "chat-held", "chat-urgent", "talk", "law", "tools", "tool-result"),
    *(
        "guide",
        "places",
        "paper",
        "aid-opinion",
        "order",
        "my",
        "kiosk",
        "kiosk-answer",
        "desk-queue",
        "desk-answer",
    ),
)
_HEADER = """# Gallery

Made by `make gallery` over the fakes of the tests: an invented county, invented people, and a
search that answers everything with the same two articles. Each page at 320, 768 and 1280 px;
`tests/journeys/screens/` says how each is reached.
"""

_COMPARED = """
## Compared with the best chat and public-service pages we know
Worse, and mended: the links of the counter's pages ran over two rows at 768 px; the law beside
the talk began behind its own head; the buttons of a kept talk stood on two lines; a date read
2008-01-01 where the chat said 2008年1月1日; nothing said what was being done while one waited.

Worse, and not yet mended: on a 320 px phone the counter's links still take two rows; a long law
cannot be searched within; kiosk, counter and desk speak Chinese only.
"""


def main() -> None:
    """Take every picture anew and write the page that shows them."""
    corpus = Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))
    settings = settings_in(Path(tempfile.mkdtemp()))
    with serving(over_fakes(settings, corpus, now)) as faked, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        screens = [screen for screen in SCREENS if screen.name in SHOWN]
        for screen in screens:
            picture(browser, faked, screen)
        browser.close()
    shutil.rmtree(settings.data)
    page = _HEADER + "".join(f"\n## {one.name}\n![{one.name}](pictures/{one.name}.webp)\n"
                             for one in screens)  # fmt: skip
    (ROOT / "docs/gallery.md").write_text(page + _COMPARED, encoding="utf-8")


def picture(browser: Browser, faked: Faked, screen: Screen) -> None:
    """One page at three widths, side by side, as one small file."""
    shots = []
    for width, height in WIDTHS:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
        )
        page = context.new_page()
        screen.open(page, faked)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
        shots.append(Image.open(io.BytesIO(page.screenshot())))
        context.close()
    gap = 24
    wide = sum(shot.width for shot in shots) + gap * (len(shots) - 1)
    sheet = Image.new("RGB", (wide, max(shot.height for shot in shots)), "#8a8f88")
    left = 0
    for shot in shots:
        sheet.paste(shot, (left, 0))
        left += shot.width + gap
    small = sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3))
    small.save(PICTURES / f"{re.sub('[^a-z-]', '', screen.name)}.webp", quality=70, method=6)


if __name__ == "__main__":
    main()
