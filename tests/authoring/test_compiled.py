"""What was read once need not be read again, and is never anything but what the files say."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scoring.rubric import Rubric
from scoring.rulebook import Rule
from simulator.authoring import compiled as module
from simulator.authoring.compiled import cache_folder, compiled
from simulator.authoring.library import Library, read_source
from simulator.authoring.rubric_file import read_rubric
from simulator.authoring.rule_file import read_rule
from simulator.authoring.source import Source
from simulator.errors import ContentError

ROOT = Path(__file__).resolve().parents[2]
RUBRICS = sorted((ROOT / "scoring" / "rubrics").glob("*.yaml"))
RULES = sorted((ROOT / "scoring" / "rulebooks" / "cn").glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEILIAN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


class Reader:
    """Reads one rubric file and counts how often it was asked to."""

    def __init__(self, path: Path = RUBRICS[0]) -> None:
        self.source = read_source(path)
        self.times = 0

    def get(self, folder: Path | None) -> Rubric:
        return compiled(Rubric, "rubric-tried", [self.source], self.read, folder)

    def read(self) -> Rubric:
        self.times += 1
        found = read_rubric(Source(self.source.path, self.source.text))
        assert found is not None
        return found


def test_what_is_kept_is_what_the_rule_files_say(folder: Path) -> None:
    said: list[Rule | None] = [read_rule(read_source(path)) for path in RULES]
    first, second = Library().rulebook("cn"), Library().rulebook("cn")
    assert (folder / "rulebook-cn.json").is_file()
    assert [*first.rules] == [*second.rules] == said
    assert first.digest == second.digest


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_what_is_kept_is_what_a_rubric_file_says(path: Path, folder: Path) -> None:
    first, second = Library().rubric(path.stem), Library().rubric(path.stem)
    assert (folder / f"rubric-{path.stem}.json").is_file()
    assert first == second == read_rubric(read_source(path))


def test_the_same_bytes_are_read_once(folder: Path) -> None:
    reader = Reader()
    assert reader.get(folder) == reader.get(folder)
    assert reader.times == 1


def test_a_changed_source_is_read_again(folder: Path) -> None:
    reader = Reader()
    before = reader.get(folder)
    reader.source = Source(reader.source.path, f"{reader.source.text}\n# more\n")
    assert reader.get(folder).digest != before.digest
    assert reader.times == 2


def test_changed_code_reads_everything_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    reader.get(folder)
    monkeypatch.setattr(module, "READ_BY", b"other code")
    reader.get(folder)
    assert reader.times == 2


@pytest.mark.parametrize("pattern", [*module.READERS, *module.NAMED])
def test_what_the_values_depend_on_is_really_there(pattern: str) -> None:
    assert [*module.BASE.glob(pattern)]


DAMAGES = {
    "empty": lambda data: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "one letter changed": lambda data: data.replace(b"fatal", b"minor", 1),
    "only zeros": lambda data: bytes(len(data)),
    "something else": lambda data: b"[1, 2]\n{}\nnull",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_mended_from_the_sources(damage, folder: Path) -> None:  # type: ignore[no-untyped-def]
    reader = Reader()
    whole = reader.get(folder)
    path = folder / "rubric-tried.json"
    sound = path.read_bytes()
    assert damage(sound) != sound
    path.write_bytes(damage(sound))
    assert reader.get(folder) == whole
    assert reader.times == 2
    assert path.read_bytes() == sound


def test_a_folder_in_the_place_of_the_file_does_no_harm(folder: Path) -> None:
    (folder / "rubric-tried.json").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    reader = Reader()
    assert reader.get(folder) == reader.get(folder)
    assert [*folder.iterdir()] == [folder / "rubric-tried.json"]


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    reader = Reader()
    assert reader.get(tmp_path / "file" / "kept") == reader.get(None)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders to that user")
def test_a_folder_that_others_may_write_to_is_neither_believed_nor_used(folder: Path) -> None:
    reader = Reader()
    reader.get(folder)
    (folder / "rubric-tried.json").rename(folder / "rubric-other.json")
    folder.chmod(0o777)
    reader.get(folder)
    reader.get(folder)
    assert reader.times == 3
    assert not (folder / "rubric-tried.json").exists()


def test_only_sound_content_is_kept(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "home" / "scoring" / "rulebooks" / "cn"
    rules.mkdir(parents=True)
    (rules / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    (rules / "other.yaml").write_text("id: others\n", encoding="utf-8")
    library = Library(tmp_path / "home")
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            library.rulebook("cn")
        assert {Path(problem.path).stem for problem in caught.value.diagnostics} == {"mine", "other"}
    assert not [*folder.glob("rulebook-*")]


def test_many_at_once_all_get_the_same(folder: Path) -> None:
    readers = [Reader(RUBRICS[number % 2]) for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda reader: reader.get(folder), readers))
    assert all(rubric.id == reader.source.stem for rubric, reader in zip(found, readers, strict=True))
    assert len([*folder.iterdir()]) == 1


def test_nothing_is_kept_where_the_folder_is_set_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEILIAN_CACHE", "")
    assert cache_folder() is None


def test_a_judge_with_kept_content_needs_no_yaml(folder: Path) -> None:
    lines = (
        "import sys",
        "from simulator.authoring.desk import Desk",
        f"Desk().judging_versions({RUBRICS[0].stem!r}, 'cn')",
        "print('yaml' in sys.modules)",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout for _ in "12"
    )
    assert (first, second) == ("True\n", "False\n")
