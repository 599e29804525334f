"""Error codes of the official account's API as errors of ours, in words for the lawyer."""

from __future__ import annotations

from api.core.delivering import (
    Impossible,
    Later,
    NotAuthorised,
    NotDelivered,
    QuotaSpent,
    TokenRefused,
    WindowClosed,
)

_CODES: dict[int, tuple[type[NotDelivered], str]] = {
    -1: (Later, "微信系统繁忙"),
    40001: (TokenRefused, "微信不认访问令牌，请核对AppID和AppSecret"),
    40014: (TokenRefused, "微信不认访问令牌，请核对AppID和AppSecret"),
    42001: (TokenRefused, "微信访问令牌过期"),
    40003: (Impossible, "微信不认这位居民的账号，可能不是本公众号的关注者"),
    40007: (Impossible, "语音或者图片已经过期"),
    40013: (Impossible, "AppID不对，请核对设置"),
    40016: (Impossible, "菜单的按钮个数不对"),
    40018: (Impossible, "菜单里按钮的名字太长"),
    40125: (Impossible, "AppSecret不对，请核对设置"),
    40164: (Later, "服务器的IP不在公众号的白名单里，请在公众平台添加"),
    43004: (WindowClosed, "居民已经取消关注，要等居民重新联系"),
    43101: (WindowClosed, "居民没有同意接收通知，要等居民再发消息"),
    45002: (Impossible, "消息太长，微信不收"),
    45009: (Later, "今天调用微信接口的次数已经用完"),
    45011: (Later, "调用微信接口太频繁"),
    45015: (WindowClosed, "居民超过48小时没有发消息，微信不让主动发送"),
    45047: (QuotaSpent, "居民上次发消息以后，主动发送的条数已经用完"),
    48001: (NotAuthorised, "公众号没有客服消息的权限（需要微信认证），只能在居民发消息时回复"),
    48004: (Impossible, "公众号的接口被封禁，请登录公众平台查看原因"),
    60020: (Later, "服务器的IP不在企业微信应用的可信IP里，请在管理后台添加"),
    81013: (Impossible, "这个人不在企业微信应用的可见范围里"),
    50005: (WindowClosed, "居民没有关注公众号"),
}


def error_of(code: int) -> NotDelivered:
    """The error of a code.

    >>> type(error_of(45015)).__name__, str(error_of(99999))
    ('WindowClosed', '微信返回错误99999')
    """
    kind, says = _CODES.get(code, (Impossible, f"微信返回错误{code}"))
    return kind(says)
