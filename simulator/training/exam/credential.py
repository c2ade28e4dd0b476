"""What a certificate says: as an Open Badges 3.0 credential, and in few words for the QR code on paper.

Every term is one of Open Badges 3.0 or of the W3C data model, so that no context of our own has to stay online for
ever; what they have no term for (scenario set, versions, how the cut was set) stands in `evidence` as words.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from simulator.errors import RecordError
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.blueprint import shown_points
from simulator.training.exam.entry import digest_of
from simulator.training.exam.ledger import full_id, short_id

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
CREDENTIAL_KIND = "JWT"  # what Open Badges 3.0 asks of the header's `typ`
BRIEF_KIND = "peilian-certificate"
NAMESPACE = uuid5(NAMESPACE_URL, "urn:peilian:certificate")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
CODE_BITS, GROUP = 80, 4
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"  # its multicodec prefix
CHINA = timezone(timedelta(hours=8))  # days are written as in China, on whatever machine
METHODS = {"angoff": "Angoff 法", "borderline-regression": "边界回归法"}


@dataclass(frozen=True, slots=True)
class Award:
    """What is certified. `name` is None when names are kept out; `scenarios` are ids with the hash of their content,
    `versions` what it was marked with. `points` and `cut` are hundredths."""

    code: str
    attempt: str
    head: str
    exam: str
    title: str
    about: str
    blueprint: str
    form: str
    centre: str
    candidate: str
    name: str | None
    supervised: bool
    points: int
    cut: int
    sat: datetime
    issued: datetime
    expires: datetime
    scenarios: tuple[tuple[str, str], ...]
    versions: Mapping[str, str]
    standard: str | None

    @property
    def uuid(self) -> UUID:
        return uuid5(NAMESPACE, self.code)


def award_of(attempt: Attempt, issued: datetime, *, names: bool = True) -> Award:
    """What may be certified of an attempt. Raises RecordError when there is nothing to certify."""
    result, submitted = attempt.result, attempt.submitted
    if result is None or submitted is None:
        raise RecordError(f"{attempt.id} 还没有交卷评分，发不了证书")
    if attempt.voided is not None:
        raise RecordError(f"{attempt.id} 已被考官作废（{attempt.voided}），发不了证书")
    if not attempt.passed:
        raise RecordError(f"{attempt.id} 没有通过（{shown_points(result.points)} 分），发不了证书")
    if attempt.blueprint.practice:
        raise RecordError(f"{attempt.id} 是练习，练习不发证书")
    if attempt.blueprint.supervised and not attempt.supervised:
        raise RecordError(f"{attempt.id} 没有监考，这场考试要有人监考才发证书")
    issued = issued.astimezone(UTC).replace(microsecond=0)
    expires = later(submitted, attempt.blueprint.valid_months).replace(microsecond=0)
    if expires <= issued:
        raise RecordError(f"{attempt.id} 的证书 {expires.astimezone(CHINA):%Y-%m-%d} 就过期了，不再补发")
    shown = attempt.candidate.name if names else None
    return Award(
        code=code_of(
            {
                "attempt": full_id(attempt, attempt.id),
                "head": attempt.head,
                "at": issued.isoformat(),
                "name": shown,
            }
        ),
        attempt=full_id(attempt, attempt.id),
        head=attempt.head,
        exam=attempt.exam,
        title=attempt.exam_title,
        about=attempt.blueprint.about,
        blueprint=attempt.blueprint.digest,
        form=attempt.form.digest,
        centre=attempt.hall_title,
        candidate=full_id(attempt, attempt.candidate.id),
        name=shown,
        supervised=attempt.supervised,
        points=result.points,
        cut=result.cut,
        sat=submitted,
        issued=issued,
        expires=expires,
        scenarios=tuple((call.scenario, call.versions.get("scenario", "")) for call in attempt.calls),
        versions=dict(sorted(attempt.versions.items())),
        standard=_standard(attempt),
    )


def _standard(attempt: Attempt) -> str | None:
    standard = attempt.blueprint.standard
    if standard is None:
        return None
    method = METHODS.get(standard.method, standard.method)
    return f"{method}，{standard.judges} 位评委，标准误 {shown_points(standard.error)} 分，{standard.on}"


def later(moment: datetime, months: int) -> datetime:
    """That many months on; the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def code_of(content: Mapping[str, Any]) -> str:
    """Eighty bits of the hash in letters that can be read out: `7QK2-…`."""
    value = int(digest_of(content)[: CODE_BITS // 4], 16)
    letters = "".join(ALPHABET[value >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def did_of(key: bytes) -> str:
    """The `did:key` of a raw Ed25519 public key: a name that anybody can check without asking anybody."""
    content = ED25519 + key
    value, digits = int.from_bytes(content, "big"), ""
    while value:
        value, rest = divmod(value, 58)
        digits = BASE58[rest] + digits
    return f"did:key:z{digits}"


def credential_of(award: Award, issuer: str) -> dict[str, Any]:
    """The credential as JSON data; `issuer` is the centre's `did:key`. No fractions but points in text."""
    subject = {
        "type": ["AchievementSubject"],
        "identifier": [_identity(award)],
        "licenseNumber": award.code,
        "achievement": _achievement(award),
        "result": [
            {
                "type": ["Result"],
                "resultDescription": f"urn:uuid:{award.uuid}#points",
                "value": shown_points(award.points),
            }
        ],
    }
    return {
        "@context": list(CONTEXTS),
        "id": f"urn:uuid:{award.uuid}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": award.title,
        "issuer": {"id": issuer, "type": ["Profile"], "name": award.centre},
        "validFrom": _z(award.issued),
        "validUntil": _z(award.expires),
        "credentialSubject": subject,
        "evidence": [
            {"type": ["Evidence"], "name": name, "narrative": text} for name, text in evidence_of(award)
        ],
    }


def _identity(award: Award) -> dict[str, Any]:
    """Who it is: the name, or where names are kept out a hash of the hall's id for the person."""
    identity: dict[str, Any] = {"type": "IdentityObject"}
    if award.name is not None:
        return {**identity, "identityHash": award.name, "identityType": "name", "hashed": False}
    salt = award.code
    digest = hashlib.sha256((award.candidate + salt).encode()).hexdigest()
    return {
        **identity,
        "identityHash": f"sha256${digest}",
        "identityType": "identifier",
        "hashed": True,
        "salt": salt,
    }


def _achievement(award: Award) -> dict[str, Any]:
    cut = shown_points(award.cut)
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE, award.blueprint)}",
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": award.title,
        "description": award.about,
        "inLanguage": "zh-CN",
        "criteria": {
            "narrative": f"按组卷蓝图 {award.exam} 考试，总分不低于 {cut}（满分 100），各部分都过线，没有红线违规。"
        },
        "resultDescription": [
            {
                "id": f"urn:uuid:{award.uuid}#points",
                "type": ["ResultDescription"],
                "name": "总分",
                "resultType": "RawScore",
                "valueMin": "0",
                "valueMax": "100",
                "requiredValue": cut,
            }
        ],
    }


def evidence_of(award: Award) -> list[tuple[str, str]]:
    """What the certificate rests on, as names and words; the printed page shows the same."""
    found = [
        ("考试记录", f"{award.attempt}，链头 {award.head}"),
        ("组卷蓝图", f"{award.exam} {award.blueprint}"),
        ("试卷", award.form),
        ("情境", "；".join(f"{name} {digest}" for name, digest in award.scenarios)),
        ("评分版本", "；".join(f"{name} {digest}" for name, digest in award.versions.items())),
        ("监考", "有人监考" if award.supervised else "无人监考"),
    ]
    return [*found, ("合格线", award.standard)] if award.standard else found


def claims_of(award: Award, issuer: str) -> dict[str, Any]:
    """The payload of the signed credential: itself, and the claims by which JWT software knows it."""
    credential = credential_of(award, issuer)
    return {
        **credential,
        "iss": issuer,
        "jti": credential["id"],
        "nbf": int(award.issued.timestamp()),
        "exp": int(award.expires.timestamp()),
    }


def brief_of(award: Award) -> dict[str, Any]:
    """The certificate in few words: short keys, since it has to fit a QR code that a telephone can read."""
    return {
        "c": award.code,
        "t": award.title,
        "n": award.name or short_id(award.candidate),
        "p": shown_points(award.points),
        "o": award.centre,
        "d": f"{award.issued.astimezone(CHINA):%Y-%m-%d}",
        "x": int(award.expires.timestamp()),
    }


def _z(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
