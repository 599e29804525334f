"""A resident speaks: Chromium's fake microphone plays a recording into the chat page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fakes import FakeLibrary
from tests.running import Running, running
from tests.speech.conftest import recordings, whisper_model  # noqa: F401
from tests.speech.sounds import encode, silence

pytestmark = pytest.mark.slow
QUESTION = "老板拖欠工资不给，我该怎么办"


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The application with the fake recogniser in its real process."""
    folder = tmp_path_factory.mktemp("speaking")
    model = folder / "models/fake-model"
    model.mkdir(parents=True)
    (model / "says.txt").write_text("老板 欠了 两万块 公资 怎么办", encoding="utf-8")
    (folder / "models/current").symlink_to("fake-model")
    with running(folder, dialogue=False, SPEECH_MODELS=str(folder / "models")) as started:
        yield started


@contextmanager
def microphone(browser: Browser, url: str, sound: Path) -> Iterator[Page]:
    """The chat page in a Chromium that hears this file, on a phone."""
    path = shutil.which("chromium")
    if not path:
        pytest.skip("没有安装 chromium")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}",
    ]
    with browser.browser_type.launch(executable_path=path, args=arguments) as chromium:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        context.grant_permissions(["microphone"], origin=url)
        page = context.new_page()
        page.goto(url)
        page.get_by_role("button", name="我知道了").click()
        yield page


def speak(page: Page, milliseconds: int) -> None:
    """Hold the button, let go."""
    page.get_by_role("button", name="说话").click()
    page.get_by_role("button", name="按住说话").hover()
    page.mouse.down()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()


def test_spoken_confirmed_answered(browser: Browser, speaking: Running, sound: Path) -> None:
    with microphone(browser, speaking.url, sound) as page:
        page.get_by_role("button", name="说话").click()
        page.get_by_label("我说的是").select_option(label="南江、巴中话")
        page.get_by_role("button", name="按住说话").hover()
        page.mouse.down()
        expect(page.locator("#voice-partial")).to_contain_text("老板", timeout=30_000)
        level = page.locator("#voice-level")
        expect(level).to_have_attribute("style", re.compile(r"scaleX\(0\.\d*[1-9]"))
        page.wait_for_timeout(2_000)
        page.mouse.up()
        heard = page.get_by_role("textbox", name="听到的是这些")
        expect(heard).to_be_visible(timeout=30_000)
        assert "老板欠了两万块" in heard.input_value()
        expect(page.get_by_role("dialog")).to_contain_text("20,000元")
        expect(page.get_by_role("log")).not_to_contain_text("老板")  # nothing is asked unconfirmed
        heard.fill(QUESTION)
        with page.expect_request("**/api/v1/messages") as asked:
            page.get_by_role("button", name="对，问这个").click()
        assert asked.value.post_data_json["spoken"] == "nanjiang"
        expect(page.get_by_role("log")).to_contain_text("第八十五条", timeout=40_000)


@pytest.mark.parametrize("says", ["我要 和他 里婚\n对头"])
def test_yes_said_aloud_to_what_is_asked_back(
    browser: Browser, kiosk_url: str, misheard: FakeLibrary, sound: Path
) -> None:
    with microphone(browser, kiosk_url, sound) as page:
        speak(page, 3_000)
        page.get_by_role("button", name="对，问这个").click(timeout=30_000)
        log = page.get_by_role("log")
        expect(log).to_contain_text("您是说“离婚”吗", timeout=20_000)
        speak(page, 3_000)  # the yes is sent at once: nothing more is to be confirmed
        expect(log).to_contain_text("好，您问的是：“我要和他离婚”", timeout=30_000)
        expect(page.get_by_role("dialog")).to_be_hidden()
    assert misheard.asked[-1] == "我要和他离婚"


def test_hands_free_ends_by_itself(browser: Browser, speaking: Running, sound: Path) -> None:
    with microphone(browser, speaking.url, sound) as page:
        page.get_by_role("button", name="说话").click()
        page.get_by_role("checkbox", name="不用按着").check()
        page.get_by_role("button", name="开始说").click()
        expect(page.get_by_role("textbox", name="听到的是这些")).to_be_visible(timeout=30_000)


def test_silence_is_said_so(browser: Browser, speaking: Running, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.wav"
    quiet.write_bytes(encode(silence(5), "wav", "pcm_s16le"))
    with microphone(browser, speaking.url, quiet) as page:
        speak(page, 1_500)
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text("没听到说话", timeout=30_000)
        sheet.get_by_role("button", name="再说一遍").click()
        expect(sheet.get_by_role("button", name="按住说话")).to_be_visible()
        sheet.get_by_role("button", name="关上").click()
        expect(sheet).to_be_hidden()


def test_a_person_speaks_and_whisper_hears(
    browser: Browser,
    recordings: Path,  # noqa: F811
    whisper_model: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    with (
        running(tmp_path, dialogue=False, SPEECH_MODELS=str(whisper_model.parent)) as system,
        microphone(browser, system.url, recordings / "zh_aishell_BAC009S0764W0121.wav") as page,
    ):
        speak(page, 5_000)
        heard = page.get_by_role("textbox", name="听到的是这些")
        expect(heard).to_be_visible(timeout=90_000)
        assert "交易" in heard.input_value()
        heard.fill(QUESTION)
        page.get_by_role("button", name="对，问这个").click()
        expect(page.get_by_role("log")).to_contain_text("第八十五条", timeout=40_000)
