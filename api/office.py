"""The lawyers' side, built from the settings: cases, deadlines, people, audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.core.ports import Library
from api.review.accounts import Accounts
from api.review.clockwork import Clockwork
from api.review.policy import DeskPolicy, load_policy
from api.review.service import Desk
from api.settings import Settings
from api.storage.audit import Trail
from api.storage.beside import Beside
from api.storage.faq_drafts import FaqDrafts
from api.storage.queue import Cases
from api.storage.staff import Staff


@dataclass(frozen=True)
class Office:
    """What the desk's pages and commands are made of."""

    policy: DeskPolicy
    trail: Trail
    cases: Cases
    beside: Beside
    faq: FaqDrafts
    staff: Staff
    accounts: Accounts
    desk: Desk
    clockwork: Clockwork


def trail_of(engine: Engine, settings: Settings) -> Trail:
    """The audit trail; its key is made of the settings' secret and never stored."""
    secret = settings.secret_key.get_secret_value()
    return Trail(engine, hashlib.sha256(f"audit\0{secret}".encode()).digest())


def open_office(
    settings: Settings, engine: Engine, library: Library, now: Callable[[], datetime]
) -> Office:
    """The office of these settings; opens no connection yet.

    Raises:
        PolicyInvalid: the policy file cannot be used.
    """
    policy = load_policy(settings.desk_policy)
    trail = trail_of(engine, settings)
    cases = Cases(engine, now, trail, policy)
    beside = Beside(engine, now, trail)
    staff = Staff(engine, now, trail)
    return Office(
        policy=policy,
        trail=trail,
        cases=cases,
        beside=beside,
        faq=FaqDrafts(engine, now, trail),
        staff=staff,
        accounts=Accounts(staff, settings.secret_key.get_secret_value(), now),
        desk=Desk(cases, library, policy, beside.agreement, now),
        clockwork=Clockwork(cases, policy, beside.sample, now),
    )
