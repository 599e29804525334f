"""Safe mode: callbacks and replies inside AES, by wechatpy's cipher."""

from __future__ import annotations

import base64
import binascii
import secrets
import struct

import xmltodict
from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from api.channels.wechat.signature import SignatureWrong, signature

_UNREADABLE = "消息解不开。请核对公众号后台的EncodingAESKey和AppID。"


class _Cipher(PrpCrypto):  # type: ignore[misc]
    """wechatpy fills the first block from `random`; it stands where an IV should."""

    def get_random_string(self) -> str:
        return secrets.token_hex(8)


class Envelope:
    """Seals and opens for one account."""

    def __init__(self, aes_key: str, account: str, token: str) -> None:
        """Args:
        aes_key: the 43 characters of EncodingAESKey.
        account: AppID, or CorpID for 企业微信.
        token: signs what is sealed.
        """
        self._cipher = _Cipher(base64.b64decode(aes_key + "="))
        self._account, self._token = account, token

    def open(self, sealed: str) -> str:
        """The message inside.

        Raises:
            SignatureWrong: another key, another account, or not sealed at all.
        """
        try:
            text: str = self._cipher.decrypt(sealed, self._account)
        except (InvalidAppIdException, binascii.Error, struct.error, ValueError, IndexError) as bad:
            raise SignatureWrong(_UNREADABLE) from bad
        return text

    def seal(self, xml: str, timestamp: str, nonce: str) -> str:
        """A reply as safe mode wants it."""
        sealed = self._cipher.encrypt(xml, self._account).decode()
        signed = signature(self._token, timestamp, nonce, sealed)
        return (
            f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )


def sealed_part(body: str) -> str:
    """The sealed part of a callback's body; "" when there is none.

    Raises:
        SignatureWrong: the body is no XML.
    """
    try:
        fields = xmltodict.parse(body).get("xml") or {}
    except (xmltodict.expat.ExpatError, ValueError) as error:
        raise SignatureWrong(_UNREADABLE) from error
    return str(fields.get("Encrypt") or "") if isinstance(fields, dict) else ""
