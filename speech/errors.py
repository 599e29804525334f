"""Errors of the speech package.

SpeechError
├── AudioInvalid     what was sent cannot be heard: empty, unreadable, too large, too long
├── RequestInvalid   a stream was asked for with a rate or phrases that no engine may get
├── EngineMissing    no speech model is installed, or speech is switched off
├── EngineBusy       all streams are taken; trying again in a moment helps
├── EngineCrashed    the recogniser's process died or hung; the next utterance gets a new one
├── ModelInvalid     a model archive is not what it should be, or does not load
└── VoiceMissing     there is no program to read aloud with
"""

from __future__ import annotations


class SpeechError(Exception):
    """Base; `code` names the kind for machines, the message is for the reader, in Chinese."""

    code = "speech_error"

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code


class AudioInvalid(SpeechError):
    """What was sent cannot be heard."""

    code = "audio_invalid"


class RequestInvalid(SpeechError):
    """A stream was asked for in a way no engine may get."""

    code = "speech_request_invalid"


class EngineMissing(SpeechError):
    """No speech model is installed, or speech is switched off."""

    code = "speech_off"


class EngineBusy(SpeechError):
    """All streams are taken."""

    code = "speech_busy"


class EngineCrashed(SpeechError):
    """The recogniser's process died or hung."""

    code = "speech_restarted"


class ModelInvalid(SpeechError):
    """A model archive is not what it should be."""

    code = "model_invalid"


class VoiceMissing(SpeechError):
    """There is no program to read aloud with."""

    code = "voice_missing"
