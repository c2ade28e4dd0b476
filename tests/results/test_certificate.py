"""Certificates: who may have one, what it says, and that nothing in it can be changed unseen."""

import base64
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from simulator.authoring.certificate import Printed, certificate_html, certificate_pdf
from simulator.errors import RecordError, StorageError
from simulator.store.badge import check
from simulator.store.certificate import issue
from simulator.store.jws import decode, encode, read_token, sign_token
from simulator.store.results.certificates import Certificate
from simulator.store.results.importing import import_record, proof_with
from simulator.store.results.results import Results
from simulator.training.exam.credential import (
    BASE58,
    CREDENTIAL_KIND,
    Award,
    award_of,
    did_of,
    later,
)
from tests.report.calls import tree
from tests.results.hall import BLUEPRINT, SIGNER, START, STRANGER, sat

NOW = START + timedelta(days=3)
KEYS = (SIGNER.public,)


@pytest.fixture
def results(tmp_path: Path) -> Iterator[Results]:
    with closing(Results(str(tmp_path / "r.db"), NOW)) as opened:
        content = sat().content.encode()
        import_record(opened, content, proof_with(SIGNER.public)(content, "a"), NOW)
        yield opened


@pytest.fixture
def issued(results: Results) -> tuple[Award, Certificate]:
    return issue(results, sat().attempt, SIGNER, NOW)


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, payload, _ = token.split(".")
    return json.loads(decode(header)), json.loads(decode(payload))


class TestWho:
    @pytest.mark.parametrize(
        ("how", "said"),
        [
            ({"scripts": ("careless", "careless")}, "没有通过"),
            ({"submitted": False, "marked": False}, "没有交卷评分"),
            ({"marked": False}, "没有交卷评分"),
            ({"supervised": False}, "没有监考"),
            ({"blueprint": replace(BLUEPRINT, practice=True)}, "练习不发证书"),
            ({"blueprint": replace(BLUEPRINT, valid_months=0)}, "过期"),
        ],
        ids=["failed", "not submitted", "not marked", "unsupervised", "practice", "expired"],
    )
    def test_these_get_none(self, how: dict[str, Any], said: str) -> None:
        with pytest.raises(RecordError, match=said):
            award_of(sat(**how).attempt, NOW)

    def test_an_annulled_attempt_gets_none(self) -> None:
        pen = sat()
        pen.add("void", {"by": "kao-guan", "why": "替考"})
        with pytest.raises(RecordError, match="替考"):
            award_of(pen.attempt, NOW)

    def test_where_the_blueprint_lets_people_sit_alone_the_certificate_says_so(self) -> None:
        alone = award_of(sat(supervised=False, blueprint=replace(BLUEPRINT, supervised=False)).attempt, NOW)
        html = certificate_html(Printed(alone, "x", "k"))
        assert "（无人监考）" in html

    def test_it_expires_by_the_blueprint(self) -> None:
        assert award_of(sat().attempt, NOW).expires.date().isoformat() == "2028-11-20"

    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [("2026-01-31", 1, "2026-02-28"), ("2026-12-05", 1, "2027-01-05"), ("2024-02-29", 12, "2025-02-28")],
    )
    def test_months_end_with_the_month(self, start: str, months: int, end: str) -> None:
        moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
        assert later(moment, months).date().isoformat() == end


class TestCredential:
    def test_it_has_everything_that_open_badges_3_requires(self, issued: tuple[Award, Certificate]) -> None:
        header, badge = parts(issued[1].credential)
        assert header["alg"] == "EdDSA"
        assert header["typ"] == "JWT"
        assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
        assert re.fullmatch(
            r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json", badge["@context"][1]
        )
        assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
        assert badge["name"]
        assert badge["issuer"]["type"] == ["Profile"]
        subject = badge["credentialSubject"]
        assert subject["type"] == ["AchievementSubject"]
        achievement = subject["achievement"]
        assert achievement["type"] == ["Achievement"]
        assert achievement["criteria"]["narrative"]
        assert all(achievement[name] for name in ("id", "name", "description"))
        described = {item["id"] for item in achievement["resultDescription"]}
        assert {item["resultDescription"] for item in subject["result"]} <= described
        for moment in (badge["validFrom"], badge["validUntil"]):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        for id in (badge["id"], achievement["id"], *described):
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}(#\w+)?", id)

    def test_the_claims_say_the_same_as_the_badge(self, issued: tuple[Award, Certificate]) -> None:
        _, badge = parts(issued[1].credential)
        assert badge["iss"] == badge["issuer"]["id"]
        assert badge["jti"] == badge["id"]
        for claim, field in (("nbf", "validFrom"), ("exp", "validUntil")):
            assert datetime.fromtimestamp(badge[claim], UTC) == datetime.fromisoformat(badge[field])

    def test_it_names_scenarios_and_versions_and_how_the_cut_was_set(
        self, issued: tuple[Award, Certificate]
    ) -> None:
        _, badge = parts(issued[1].credential)
        evidence = {item["name"]: item["narrative"] for item in badge["evidence"]}
        attempt = sat().attempt
        for call in attempt.calls:
            assert f"{call.scenario} {call.versions['scenario']}" in evidence["情境"]
        for name, digest in attempt.versions.items():
            assert f"{name} {digest}" in evidence["评分版本"]
        assert evidence["合格线"] == "Angoff 法，5 位评委，标准误 1.51 分，2026-10-15"
        assert attempt.head in evidence["考试记录"]

    def test_without_names_there_is_no_name_in_it(self, results: Results) -> None:
        award, kept = issue(results, sat().attempt, SIGNER, NOW, names=False)
        _, badge = parts(kept.credential)
        everything = json.dumps([badge, parts(kept.brief)], ensure_ascii=False) + certificate_html(
            Printed(award, kept.brief, kept.key)
        )
        assert "柳青" not in everything
        assert badge["credentialSubject"]["identifier"][0]["hashed"] is True

    def test_the_issuer_is_the_did_of_the_key(self) -> None:
        value = 0
        for letter in did_of(SIGNER.public.raw).removeprefix("did:key:z"):
            value = value * 58 + BASE58.index(letter)
        assert value.to_bytes(34, "big") == b"\xed\x01" + SIGNER.public.raw

    def test_the_did_of_a_known_key_is_the_known_one(self) -> None:
        # the first test key of RFC 8032 as its multibase form
        key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        assert did_of(key) == "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"

    def test_other_software_can_check_the_signature(self, issued: tuple[Award, Certificate]) -> None:
        header, payload, signature = issued[1].credential.split(".")
        jwk = parts(issued[1].credential)[0]["jwk"]
        raw = base64.urlsafe_b64decode(jwk["x"] + "=")
        assert raw == SIGNER.public.raw
        key = Ed25519PublicKey.from_public_bytes(raw)
        key.verify(base64.urlsafe_b64decode(signature + "=="), f"{header}.{payload}".encode())


class TestCheck:
    def test_badge_and_paper_tell_the_same(self, issued: tuple[Award, Certificate]) -> None:
        award, kept = issued
        badge, paper = check(kept.credential, KEYS, NOW), check(kept.brief, KEYS, NOW)
        assert replace(badge, credential=False) == paper
        assert (badge.code, badge.name, badge.points) == (award.code, "柳青", "70")
        assert not badge.is_expired(NOW)
        assert badge.is_expired(award.expires)

    @pytest.mark.parametrize("which", ["credential", "brief"])
    def test_no_changed_letter_passes(self, issued: tuple[Award, Certificate], which: str) -> None:
        token = getattr(issued[1], which)
        for place in range(0, len(token), 7):
            other = "A" if token[place] != "A" else "B"
            with pytest.raises(RecordError):
                check(token[:place] + other + token[place + 1 :], KEYS, NOW)

    def test_a_strangers_key_proves_nothing(self, issued: tuple[Award, Certificate]) -> None:
        with pytest.raises(RecordError, match="签名对不上"):
            check(issued[1].credential, (STRANGER.public,), NOW)
        assert check(issued[1].credential, (STRANGER.public, SIGNER.public), NOW)

    def test_the_key_in_the_header_is_not_believed(self, results: Results) -> None:
        _, forged = issue(results, sat().attempt, STRANGER, NOW)
        assert parts(forged.credential)[0]["jwk"]["x"] == encode(STRANGER.public.raw)
        with pytest.raises(RecordError):
            check(forged.credential, KEYS, NOW)

    @pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"crit": ["exp"]}])
    def test_no_header_talks_its_way_in(
        self, issued: tuple[Award, Certificate], header: dict[str, Any]
    ) -> None:
        _, payload = parts(issued[1].credential)
        token = sign_token(CREDENTIAL_KIND, header, payload, SIGNER)
        with pytest.raises(RecordError):
            check(token, KEYS, NOW)

    def test_a_token_of_one_kind_is_not_taken_for_the_other(self, issued: tuple[Award, Certificate]) -> None:
        with pytest.raises(RecordError):
            read_token(issued[1].brief, CREDENTIAL_KIND, SIGNER.public)
        swapped = sign_token(CREDENTIAL_KIND, {}, parts(issued[1].brief)[1], SIGNER)
        with pytest.raises(RecordError, match="不是陪练的证书"):
            check(swapped, KEYS, NOW)

    def test_a_badge_in_the_name_of_another_centre_is_refused(
        self, issued: tuple[Award, Certificate]
    ) -> None:
        _, payload = parts(issued[1].credential)
        token = sign_token(CREDENTIAL_KIND, {}, payload | {"iss": did_of(STRANGER.public.raw)}, SIGNER)
        with pytest.raises(RecordError):
            check(token, KEYS, NOW)

    @pytest.mark.parametrize(
        "junk", ["", "a.b.c", "..", "{}", "e30.e30.e30", "x" * 200_000, "é.é.é", "bnVsbA.bnVsbA.bnVsbA"]
    )
    def test_junk_is_no_certificate(self, junk: str) -> None:
        with pytest.raises(RecordError):
            check(junk, KEYS, NOW)

    def test_before_its_day_it_does_not_hold(self, issued: tuple[Award, Certificate]) -> None:
        with pytest.raises(RecordError, match="还没有到"):
            check(issued[1].credential, KEYS, NOW - timedelta(days=1))


class TestIssue:
    def test_asking_again_gives_the_same_certificate(self, results: Results) -> None:
        first = issue(results, sat().attempt, SIGNER, NOW)
        assert issue(results, sat().attempt, SIGNER, NOW + timedelta(days=30)) == first
        assert len(results.certificates.find()) == 1

    def test_a_withdrawn_one_stays_and_is_not_given_out_again(self, results: Results) -> None:
        _, kept = issue(results, sat().attempt, SIGNER, NOW)
        results.certificates.withdraw(kept.code, "发现替考", NOW)
        results.certificates.withdraw(kept.code, "别的理由", NOW + timedelta(days=1))
        (one,) = results.certificates.find(code=kept.code)
        assert (one.withdrawn, one.because) == (NOW, "发现替考")
        _, again = issue(results, sat().attempt, SIGNER, NOW + timedelta(days=2))
        assert again.code != kept.code

    def test_codes_have_no_letters_that_are_misread(self, issued: tuple[Award, Certificate]) -> None:
        assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", issued[0].code)


def printed(issued: tuple[Award, Certificate]) -> Printed:
    award, kept = issued
    return Printed(award, kept.brief, kept.key)


class TestPage:
    def test_the_page_shows_name_points_days_code_and_key(self, issued: tuple[Award, Certificate]) -> None:
        text = tree(certificate_html(printed(issued))).text()
        for shown in (
            "柳青",
            "电催坐席上岗考试",
            "2026 年 11 月 20 日",
            "有效期至 2028 年 11 月 20 日",
            issued[0].code,
            SIGNER.public.id,
        ):
            assert shown in text

    def test_it_loads_nothing_and_runs_nothing(self, issued: tuple[Award, Certificate]) -> None:
        html = certificate_html(printed(issued))
        assert not tree(html).find("script")
        assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
        assert "url(" not in html

    def test_what_a_name_holds_is_text(self, issued: tuple[Award, Certificate]) -> None:
        award, kept = issued
        evil = '<script>x</script>{{7*7}}#eval("1")\x1b\u202e'
        shown = Printed(replace(award, name=evil, title=evil, centre=evil), kept.brief, kept.key)
        html = certificate_html(shown)
        assert not tree(html).find("script")
        assert "\x1b" not in html
        assert "\u202e" not in html

    def test_the_same_certificate_is_the_same_page_in_any_time_zone(
        self, issued: tuple[Award, Certificate], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import time

        one = certificate_html(printed(issued))
        monkeypatch.setenv("TZ", "America/New_York")
        time.tzset()
        try:
            assert certificate_html(printed(issued)) == one
        finally:
            monkeypatch.undo()
            time.tzset()


class TestPdf:
    def test_the_same_certificate_gives_the_same_pdf_and_markup_stays_words(
        self, issued: tuple[Award, Certificate]
    ) -> None:
        pytest.importorskip("typst", reason="the pdf extra is not installed")
        award, kept = issued
        evil = replace(award, name='#panic("x") *a* $b$ @c')
        shown = Printed(evil, kept.brief, kept.key)
        one = certificate_pdf(shown)
        assert one.startswith(b"%PDF-")
        assert certificate_pdf(shown) == one

    def test_a_machine_without_chinese_fonts_writes_no_empty_boxes(
        self, issued: tuple[Award, Certificate], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("typst", reason="the pdf extra is not installed")
        monkeypatch.setattr("simulator.authoring.certificate.SANS", ("No Such Font", "Nor This"))
        with pytest.raises(StorageError, match="没有中文字体"):
            certificate_pdf(printed(issued))
