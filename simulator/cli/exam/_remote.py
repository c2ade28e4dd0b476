"""A candidate's seat in a served hall, reached over the wire: asks until it is answered, as the page does."""

from __future__ import annotations

import json
import ssl
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from simulator.cli.report import tell
from simulator.errors import ExamError, StorageError

PATIENCE = 10.0  # seconds for one answer
AGAIN = (0.5, 1, 2, 4)
GIVE_UP = 900.0  # seconds without any answer; what was said before is kept by the hall
LATER = (429, 503)


class Hall:
    """Raises ExamError for what the hall does not allow (now), StorageError when it cannot be reached."""

    def __init__(self, url: str, ca: Path | None) -> None:
        if not url.startswith(("http://", "https://")):
            raise ExamError(f"“{url}”不是网址；照考官给的写，例如 http://192.168.1.10:8080/")
        self._url = url.rstrip("/")
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.HTTPCookieProcessor(CookieJar()),
            urllib.request.ProxyHandler({}),  # a hall is in the same house
        ]
        if ca is not None:
            try:
                handlers.append(
                    urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(ca)))
                )
            except (OSError, ssl.SSLError) as error:
                raise StorageError(f"证书 {ca} 用不了：{error}") from error
        self._opener = urllib.request.build_opener(*handlers)

    def look(self) -> dict[str, Any]:
        return self._answered(urllib.request.Request(f"{self._url}/api/seat"))

    def post(self, act: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self._url}/api/seat/{act}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        return self._answered(request)

    def _answered(self, request: urllib.request.Request) -> dict[str, Any]:
        """Every request may be made twice: the hall knows what it has done already."""
        started, tries = time.monotonic(), 0
        while True:
            answer = self._once(request)
            if answer is not None:
                if tries:
                    tell("（又连上了）")
                return answer
            if time.monotonic() - started > GIVE_UP:
                raise StorageError(f"一直连不上考场 {self._url}；说过的都存着，请找考官")
            if not tries:
                tell("（连不上考场的机器，正在重试。你的话还在，不会丢，也不会重复）")
            time.sleep(AGAIN[min(tries, len(AGAIN) - 1)])
            tries += 1

    def _once(self, request: urllib.request.Request) -> dict[str, Any] | None:
        """The answer, or None when it is worth asking again."""
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                data: dict[str, Any] = json.load(answer)
                return data
        except urllib.error.HTTPError as error:
            with error:
                if error.code in LATER:
                    return None
                raise ExamError(_reason(error)) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, ssl.SSLCertVerificationError):
                raise StorageError("考场的证书对不上；用 --ca 指出考官给的证书") from error
            return None
        except (OSError, HTTPException, ValueError):
            return None


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError):
        return f"考场答了 {error.code}；看看网址对不对"
