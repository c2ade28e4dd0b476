"""Who is signed in is believed only where the centre wrote it."""

import json
from pathlib import Path

import pytest

from simulator.errors import StorageError
from simulator.store.keys import Signer, create_key
from simulator.store.sessions import Sessions
from tests.exam.made import Clock


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    (tmp_path / "keys").mkdir()
    return create_key(tmp_path / "keys")


def test_a_restart_signs_nobody_out(tmp_path: Path, signer: Signer) -> None:
    token = Sessions(tmp_path / "sessions.json", Clock(), signer).begin("seat", "c-01")
    again = Sessions(tmp_path / "sessions.json", Clock(), signer).find(token, "seat")
    assert again is not None
    assert again.who == "c-01"


def test_a_session_written_in_by_hand_is_refused(tmp_path: Path, signer: Signer) -> None:
    file = tmp_path / "sessions.json"
    Sessions(file, Clock(), signer).begin("seat", "c-01")
    whole = json.loads(file.read_text(encoding="utf-8"))
    for session in whole["sessions"].values():
        session["kind"] = "desk"
    file.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(StorageError, match="删掉它"):
        Sessions(file, Clock(), signer)
