"""Issues certificates with the centre's key; each is in the store before it is handed out."""

from __future__ import annotations

from datetime import datetime

from simulator.store.jws import encode, sign_token
from simulator.store.keys import Signer
from simulator.store.results.certificates import Certificate
from simulator.store.results.results import Results
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.credential import (
    BRIEF_KIND,
    CREDENTIAL_KIND,
    Award,
    award_of,
    brief_of,
    claims_of,
    did_of,
)
from simulator.training.exam.ledger import full_id


def issue(
    results: Results, attempt: Attempt, signer: Signer, now: datetime, *, names: bool = True
) -> tuple[Award, Certificate]:
    """The certificate of an attempt: the one that stands, or a new one, kept in the store before it is returned.

    Raises RecordError when there is nothing to certify.
    """
    for kept in results.certificates.find(attempt=full_id(attempt, attempt.id)):
        award = award_of(attempt, kept.issued, names=names)
        if kept.withdrawn is None and award.code == kept.code and kept.key == signer.public.id:
            return award, kept
    award = award_of(attempt, now, names=names)
    certificate = Certificate(
        code=award.code,
        attempt=award.attempt,
        issued=award.issued,
        expires=award.expires,
        credential=_credential(award, signer),
        brief=sign_token(BRIEF_KIND, {}, brief_of(award), signer),
        key=signer.public.id,
    )
    results.certificates.keep(certificate)
    return award, certificate


def _credential(award: Award, signer: Signer) -> str:
    """The badge as a VC-JWT; the header carries the public key for programs that do not read `did:key`."""
    did = did_of(signer.public.raw)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encode(signer.public.raw)}
    header = {"kid": f"{did}#{did.removeprefix('did:key:')}", "jwk": jwk}
    return sign_token(CREDENTIAL_KIND, header, claims_of(award, did), signer)
