"""A library of its own for each test: the sound content, spoilt in the places that a case names."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PLANTED: list[dict[str, Any]] = yaml.safe_load((HERE / "planted.yaml").read_text(encoding="utf-8"))


def sound_home(folder: Path) -> Path:
    shutil.copytree(HERE / "sound", folder, dirs_exist_ok=True)
    return folder


def spoilt_home(folder: Path, case: dict[str, Any]) -> Path:
    home = sound_home(folder)
    for change in (case, *case.get("more", ())):
        path = home / change.get("file", case["file"])
        text = path.read_text(encoding="utf-8")
        assert change["was"] in text, f"{case['name']}: nothing to spoil"
        path.write_text(text.replace(change["was"], change["now"], 1), encoding="utf-8")
    return home
