"""Checks certificates without a network and without a store: a badge, or the text of the QR code on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from simulator.dialogue.safe import safe
from simulator.errors import RecordError
from simulator.store.jws import Token, kind_of, read_token
from simulator.store.keys import PublicKey
from simulator.training.exam.credential import BRIEF_KIND, CREDENTIAL_KIND, did_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A certificate whose signature holds. `credential` tells whether it was the whole badge or the QR code's text."""

    code: str
    title: str
    name: str
    points: str
    centre: str
    expires: datetime
    key: str
    credential: bool

    def is_expired(self, now: datetime) -> bool:
        return now >= self.expires


def check(token: str, keys: Sequence[PublicKey], now: datetime) -> Checked:
    """What a certificate says, when one of `keys` signed it. Raises RecordError when none did, or when it speaks of a
    time that has not come; an expired one is returned."""
    kind = kind_of(token)
    if kind not in (CREDENTIAL_KIND, BRIEF_KIND):
        raise RecordError("这不是证书：要徽章文件（.jwt），或二维码里的那段文字")
    problem = RecordError("没有给颁证中心的公钥")
    for key in keys:
        try:
            proven = read_token(token, kind, key)
        except RecordError as error:
            problem = error
            continue
        try:
            read = _of_credential(proven, key) if kind == CREDENTIAL_KIND else _of_brief(proven, key)
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, OSError) as error:
            raise RecordError(f"签名对，可里面不是陪练的证书：{error}") from error
        if kind == CREDENTIAL_KIND and now.timestamp() < proven.payload["nbf"]:
            raise RecordError("这张证书的生效时间还没有到；看看这台机器的时钟")
        return _shown(read)
    raise problem


def _shown(read: Checked) -> Checked:
    """Fit for a terminal: what was signed was typed by somebody."""
    return replace(
        read,
        code=safe(read.code),
        title=safe(read.title),
        name=safe(read.name),
        points=safe(read.points),
        centre=safe(read.centre),
    )


def _of_credential(token: Token, key: PublicKey) -> Checked:
    payload = token.payload
    subject = payload["credentialSubject"]
    identity = subject["identifier"][0]
    if payload["iss"] != did_of(key.raw) or payload["issuer"]["id"] != payload["iss"]:
        raise ValueError("issuer")
    return Checked(
        code=subject["licenseNumber"],
        title=payload["name"],
        name="（未写姓名）" if identity["hashed"] else identity["identityHash"],
        points=subject["result"][0]["value"],
        centre=payload["issuer"]["name"],
        expires=datetime.fromtimestamp(payload["exp"], UTC),
        key=key.id,
        credential=True,
    )


def _of_brief(token: Token, key: PublicKey) -> Checked:
    brief = token.payload
    expires = datetime.fromtimestamp(brief["x"], UTC)
    return Checked(brief["c"], brief["t"], brief["n"], brief["p"], brief["o"], expires, key.id, False)
