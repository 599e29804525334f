"""How a phone is verified: limits of codes and sessions, and the words of the message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from api.home.errors import TooOften

DIGITS = 6
CODE_LASTS = timedelta(minutes=5)
ATTEMPTS = 5
BETWEEN = timedelta(seconds=60)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE_HOUR, PHONE_DAY, ADDRESS_HOUR = 5, 10, 30
#: Idle, and at most: a borrowed or public phone must not stay open.
IDLE, LONGEST = timedelta(minutes=15), timedelta(hours=2)


def message(code: str, county: str) -> str:
    """What the short message says."""
    minutes = CODE_LASTS.seconds // 60
    first = f"【{county}公共法律服务】验证码{code}，{minutes}分钟内有效。"
    return first + "不要告诉任何人，工作人员也不会问您要。"


def check_often(
    by_phone: Sequence[datetime], by_address: Sequence[datetime], now: datetime
) -> None:
    """Refuse another code; both lists hold when codes were asked for within a day.

    Raises:
        TooOften: and when to come back.
    """
    if by_phone and now - max(by_phone) < BETWEEN:
        raise TooOften("刚刚发过验证码，请等一分钟再要。")
    last_hour = [at for at in by_phone if now - at < HOUR]
    if len(last_hour) >= PHONE_HOUR:
        raise TooOften("这个号码一小时内要的验证码太多了，请一小时后再来。")
    if len(by_phone) >= PHONE_DAY:
        raise TooOften("这个号码今天要的验证码太多了，请明天再来，或者拨打12348。")
    if len([at for at in by_address if now - at < HOUR]) >= ADDRESS_HOUR:
        raise TooOften("这里要的验证码太多了，请一小时后再来。")
