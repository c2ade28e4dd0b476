"""Takes a sealed record into the store: proven first, then kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from simulator.errors import RecordError, StorageError
from simulator.store.keys import PublicKey
from simulator.store.results.results import Kept, Results
from simulator.training.exam.ledger import ledger_of
from simulator.training.exam.proof import Proof, prove

Prove = Callable[[bytes, str], Proof]


def read_record(path: Path) -> bytes:
    """Raises StorageError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"读不了考试记录 {path}：{error.strerror}；看看路径对不对") from error


def import_record(results: Results, content: bytes, proof: Proof, now: datetime) -> Kept:
    """Keeps a proven record. Raises RecordError when it is not handed in or marked, or is another than the kept one."""
    assert proof.attempt is not None
    return results.keep(ledger_of(proof.attempt), content.decode(), now)


def proof_with(*keys: PublicKey) -> Prove:
    """Proves records by the keys of the centres that are trusted. What it returns raises RecordError for a record
    that does not prove."""
    known = {key.id: key for key in keys}

    def verifies(id: str, signature: str, words: bytes) -> bool | None:
        return known[id].verifies(signature, words) if id in known else None

    def proven(content: bytes, name: str) -> Proof:
        proof = prove(content, verifies)
        if not proof.holds:
            more = f"（一共 {len(proof.problems)} 处）" if len(proof.problems) > 1 else ""
            raise RecordError(f"{name} 验不过，不能用：{proof.problems[0].text}{more}")
        return proof

    return proven
