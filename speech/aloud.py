"""Words to sound, for machines whose browser has no Chinese voice: pinyin through espeak-ng.

Debian 12's `cmn` voice reads characters wrongly, `cmn-latn-pinyin` reads pinyin well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import OrderedDict
from threading import BoundedSemaphore, Lock

from speech.errors import EngineBusy, VoiceMissing

_PROGRAM = "espeak-ng"
_LONGEST = 300  # characters
_KEPT = 32 * 1024 * 1024  # bytes; a sentence is some 200 KB
_AT_ONCE = 2
_PATIENCE = 10.0  # seconds
_SPEED = "150"  # words a minute; the page plays it slower or faster
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?(%|％)?")
_YEAR = re.compile(r"\d{4}(?=年)")


class Aloud:
    """Reads sentences; keeps the sound of the last hundred or so in memory, none on disk."""

    def __init__(self, program: str = _PROGRAM) -> None:
        self._path = shutil.which(program)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._held = 0
        self._lock, self._slots = Lock(), BoundedSemaphore(_AT_ONCE)

    @property
    def ready(self) -> bool:
        """Whether there is a voice on this server."""
        return self._path is not None

    def say(self, text: str) -> bytes:
        """The sentence as a WAV file (16 bit mono).

        Raises:
            VoiceMissing: espeak-ng is not installed, or failed.
            EngineBusy: others are being read to; trying again in a moment helps.
        """
        text = text[:_LONGEST]
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        sound = self._made(text)
        with self._lock:
            self._held -= len(self._kept.pop(text, b""))
            self._kept[text] = sound
            self._held += len(sound)
            while self._held > _KEPT:
                self._held -= len(self._kept.popitem(last=False)[1])
        return sound

    def _made(self, text: str) -> bytes:
        if self._path is None:
            raise VoiceMissing("服务器上没有装朗读程序espeak-ng，请看屏幕上的字。")
        if not self._slots.acquire(timeout=_PATIENCE):
            raise EngineBusy("朗读的人多，请稍后再按。")
        try:
            command = [self._path, "-v", "cmn-latn-pinyin", "-s", _SPEED, "--stdout", "--stdin"]
            done = subprocess.run(  # noqa: S603  our own program, the words go through a pipe
                command, input=pinyin(text).encode(), capture_output=True, timeout=_PATIENCE
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise VoiceMissing("朗读程序没有回应，请看屏幕上的字。") from error
        finally:
            self._slots.release()
        if done.returncode or not done.stdout.startswith(b"RIFF"):
            raise VoiceMissing("朗读程序出了问题，请看屏幕上的字。")
        return _measured(done.stdout)


def _measured(sound: bytes) -> bytes:
    """The WAV with its true lengths: what comes through a pipe claims to have no end."""
    start = sound.index(b"data") + 8
    whole, data = (len(sound) - 8).to_bytes(4, "little"), (len(sound) - start).to_bytes(4, "little")
    return sound[:4] + whole + sound[8 : start - 4] + data + sound[start:]


def pinyin(text: str) -> str:
    """Numbered pinyin with the pauses of the sentence.

    The syllables of a phrase stand together: apart, each is read like a word of its own.

    >>> pinyin("欠了15000元。")
    'qian4le5yi1wan4wu3qian1yuan2.'
    """
    from pypinyin import Style, lazy_pinyin

    years = _YEAR.sub(lambda match: "".join(_DIGITS[int(digit)] for digit in match[0]), text)
    said = _NUMBER.sub(lambda match: in_words(*match.groups()), years)
    marks = str.maketrans({"，": ", ", "、": ", ", "：": ", ", "；": ", ", "。": ".", "！": "!"})
    syllables = lazy_pinyin(said, Style.TONE3, errors=_plain, neutral_tone_with_five=True)
    return "".join(syllables).translate(marks)


def in_words(whole: str, fraction: str | None = None, percent: str | None = None) -> str:
    """A written number as it is read.

    >>> in_words("10"), in_words("15003"), in_words("20,000"), in_words("3", "65", "%")
    ('十', '一万五千零三', '二万', '百分之三点六五')
    """
    digits = whole.replace(",", "").lstrip("0") or "0"
    groups: list[str] = []
    while digits:
        digits, group = digits[:-4], digits[-4:]
        groups.append(group)
    if len(groups) > len(_GROUPS):
        return "".join(_DIGITS[int(digit)] for digit in whole.replace(",", ""))
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        words = _group(groups[place])
        gap = said and (groups[place][0] == "0" or len(groups[place]) < 4) and words
        said += ("零" if gap else "") + words + (_GROUPS[place] if words else "")
    said = said or "零"
    said = said.removeprefix("一") if said.startswith("一十") else said
    if fraction:
        said += "点" + "".join(_DIGITS[int(digit)] for digit in fraction)
    return f"百分之{said}" if percent else said


def _group(digits: str) -> str:
    said, gap = "", False
    for place, digit in enumerate(reversed(digits)):
        if digit == "0":
            gap = bool(said)
            continue
        said = _DIGITS[int(digit)] + _UNITS[place] + ("零" if gap else "") + said
        gap = False
    return said


def _plain(other: str) -> str:
    """What is no Chinese character: letters are left, the rest becomes a pause."""
    return re.sub(r"[^A-Za-z，、：；。！？ ]", " ", other)
