"""What screens ask of the app. Attributes go down, messages come up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.tui.live import LiveCall


@dataclass
class CallWanted(Message):
    """A fresh call of a scenario; `seed` None draws one."""

    scenario: str
    seed: int | None = None


@dataclass
class ResumeWanted(Message):
    """Go on with the call of that record."""

    record: Path


@dataclass
class GiveUpWanted(Message):
    """Never offer that record for resumption again."""

    record: Path


@dataclass
class CallEnded(Message):
    """The call is over and wants its scorecard."""

    call: LiveCall


@dataclass
class MenuWanted(Message):
    """Back to the choice of scenarios."""


@dataclass
class ThemeWanted(Message):
    """The other one of dark and light."""


@dataclass
class ReadWanted(Message):
    """The files have changed and want to be read again."""
