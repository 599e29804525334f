"""Errors of casework.

CaseworkError
├── CountyInvalid     the county's profile or rules cannot be read
├── FormInvalid       a form field is missing or beyond belief
├── CaseUnknown       no application, order, paper or file of that name
├── StepRefused       the step is not open in this state, or not to this person
├── UploadRefused     a file is too large, or no picture or PDF
├── SealBroken        stored bytes cannot be opened with any key held
└── PrinterMissing    the system libraries that make a PDF are not installed
"""

from __future__ import annotations

from api.core.errors import CoreError


class CaseworkError(CoreError):
    """Base of what casework refuses."""

    code = "casework"


class CountyInvalid(CaseworkError):
    """The county's profile or rules cannot be read."""

    code = "county_invalid"


class FormInvalid(CaseworkError):
    """A form field is missing or beyond belief; `field` names it."""

    code = "form_invalid"

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field or None


class CaseUnknown(CaseworkError):
    """No application, order, paper or file of that name."""

    code = "case_unknown"


class StepRefused(CaseworkError):
    """The step is not open in this state, or not to this person."""

    code = "step_refused"


class UploadRefused(CaseworkError):
    """A file is too large, or no picture or PDF."""

    code = "upload_refused"


class SealBroken(CaseworkError):
    """Stored bytes cannot be opened with any key held."""

    code = "seal_broken"


class PrinterMissing(CaseworkError):
    """The system libraries that make a PDF are not installed."""

    code = "printer_missing"
