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
from knowledge.faq import load_faq
from knowledge.statutes import read_statutes
from knowledge.versions import settle
from tests.conftest import STATUTES
from tests.faked import Faked, over_fakes, serving, settings_in
from tests.journeys.screens import ENGLISH, SCREENS, Screen
from tests.running import ROOT

PICTURES = ROOT / "docs/pictures"
WIDTHS = ((320, 640), (768, 1024), (1280, 900))
KIOSK = ((1080, 1920), (1280, 800))
#: What stands for its page; the other states are tried by the tests and not kept as pictures.
SHOWN = (
    *("chat", "chat-answer", "chat-law", "chat-held", "chat-urgent", "english-answer", "talk"),
    *("law", "guide", "tools", "tool-result", "places", "paper", "aid-opinion", "order", "my"),
    *(
        "kiosk",
        "kiosk-answer",
        "kiosk-sum",
        "kiosk-sum-print",
        "kiosk-print",
        "desk-queue",
        "desk-answer",
    ),
)
#: What the search finds for every question, so that an answer looks as it does.
FOUND = "labour-wage-arrears"
_HEADER = """# Gallery

Made by `make gallery` over the fakes of the tests: an invented county, invented people, and a
search that answers every question with the same entry. Each page at 320, 768 and 1280 px, the
kiosk at 1080x1920 and 1280x800;
`tests/journeys/screens/` says how each is reached.
"""

_COMPARED = """
## Compared with the best chat and public-service pages we know
Worse, and mended: help stood elsewhere on every page; larger type could be chosen in the chat
alone; the counter's links took two to three rows, ran beside the page's own edge and did not say
where one is; a step's number stood over its words, under it up to four laws to scroll past; a
telephone number stood among the places without saying who answers; a date read 2026年01月01日,
opening hours 周一、周二、周三、周四、周五、周六; a kiosk without a microphone asked to speak;
what a calculator found looked like what one fills in; buttons to choose a file were the
browser's own; a long law could not be searched within.

Worse, and not yet mended: kiosk, counter and desk speak Chinese only.
"""


def main() -> None:
    """Take every picture anew and write the page that shows them."""
    corpus = Corpus(settle(read_statutes(STATUTES, ROOT / "knowledge/corrections.yml")))
    settings = settings_in(Path(tempfile.mkdtemp()))
    entries = {entry.id: entry for entry in load_faq(ROOT / "knowledge/faq")}
    with serving(over_fakes(settings, corpus, now)) as faked, sync_playwright() as playwright:
        faked.parts.library.entry = entries[FOUND]
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        screens = [screen for screen in SCREENS + ENGLISH if screen.name in SHOWN]
        for screen in screens:
            picture(browser, faked, screen)
        browser.close()
    shutil.rmtree(settings.data)
    page = _HEADER + "".join(f"\n## {one.name}\n![{one.name}](pictures/{one.name}.webp)\n"
                             for one in screens)  # fmt: skip
    (ROOT / "docs/gallery.md").write_text(page + _COMPARED, encoding="utf-8")


def picture(browser: Browser, faked: Faked, screen: Screen) -> None:
    """One page at its widths, side by side, as one small file."""
    shots = []
    for width, height in KIOSK if screen.name.startswith("kiosk") else WIDTHS:
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
