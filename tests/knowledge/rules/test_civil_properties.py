"""What must hold of shares, fees, interest and support whatever the facts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.rules.contract.loan_caps import OLD_STARTS, Rate, protection
from knowledge.rules.contract.loan_interest import interest
from knowledge.rules.family.estate_shares import Group, shares
from knowledge.rules.injury.years import Dependant, support_years, years_for
from knowledge.rules.parameters import load_parameters
from knowledge.rules.procedure.court_fees import property_fee

_LINES = st.lists(st.integers(1, 9), max_size=5).map(tuple)
_GROUPS = st.lists(st.builds(Group, st.just("甲"), st.integers(0, 9), _LINES), max_size=4)
_YUAN = st.decimals("0.01", 10**9, places=2)
_DAYS = st.dates(OLD_STARTS, date(2026, 11, 22))
_STEADY = settings(deadline=None, max_examples=50)  # the machine may be busy
_DEPENDANTS = st.lists(st.builds(Dependant, st.integers(0, 99), st.integers(1, 9)), max_size=6)


@_STEADY
@given(_GROUPS)
def test_shares_make_the_whole_estate(groups: list[Group]) -> None:
    found = shares(groups)
    whole = sum((share.each * share.persons for share in found), Fraction(0))
    assert whole == (1 if found else 0)


@_STEADY
@given(_YUAN, _YUAN)
def test_who_claims_more_pays_no_less(one: Decimal, other: Decimal) -> None:
    least, most = sorted((one, other))
    assert property_fee(least)[0] <= property_fee(most)[0]


@_STEADY
@given(_YUAN, _DAYS, _DAYS, _DAYS, st.decimals(0, 100, places=2))
def test_interest_stays_under_the_highest_cap(
    principal: Decimal, one: date, other: date, sued: date, percent: Decimal
) -> None:
    lent, last = sorted((one, other))
    guard = protection(lent, max(sued, lent), load_parameters())
    made = interest(principal, lent, last, lambda _end: Rate(percent, ""), guard)
    years = Decimal((last - lent).days) / 365
    most = max(guard.cap(last).percent, guard.cap(lent + timedelta(days=1)).percent, Decimal(0))
    assert 0 <= made.amount <= principal * min(percent, most) / 100 * years + Decimal("0.01")


@_STEADY
@given(_DEPENDANTS, st.fractions(0, 1, max_denominator=10))
def test_support_of_many_never_exceeds_a_person_a_year(
    people: list[Dependant], lost: Fraction
) -> None:
    times = support_years(people, lost)
    assert 0 <= times <= max((one.years for one in people), default=0)
    assert times <= sum((lost * one.years / one.supporters for one in people), Fraction(0))


@_STEADY
@given(st.integers(0, 130))
def test_years_never_rise_with_age(age: int) -> None:
    assert 5 <= years_for(age + 1) <= years_for(age) <= 20
