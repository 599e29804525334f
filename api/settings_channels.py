"""Settings of the ways to a resident: WeChat, 企业微信, notices; see docs/wechat.md."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings

_NONE = SecretStr("")


class ChannelSettings(BaseSettings):
    """All have defaults: what is not set up is not there."""

    quiet_start: time = time(22)
    quiet_end: time = time(7)

    wechat_app_id: str = ""
    wechat_app_secret: SecretStr = _NONE
    wechat_token: SecretStr = _NONE
    wechat_aes_key: SecretStr = _NONE
    wechat_api: str = "https://api.weixin.qq.com"
    wechat_patience: float = 4.5
    wechat_notice: Literal["", "template", "subscribe"] = ""
    wechat_notice_template: str = ""
    wechat_notice_fields: str = ""

    wecom_corp_id: str = ""
    wecom_agent_id: int = 0
    wecom_secret: SecretStr = _NONE
    wecom_token: SecretStr = _NONE
    wecom_aes_key: SecretStr = _NONE
    wecom_api: str = "https://qyapi.weixin.qq.com"

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_sender: str = ""
    smtp_user: str = ""
    smtp_password: SecretStr = _NONE
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
