"""The authors' commands as they are typed: lint in its three forms, explain, format."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from simulator.authoring.build_diagnostics import FILE, reference
from simulator.cli.main import main
from simulator.cli.report import DONE, FOUND_WRONG, USAGE
from tests.authoring.starters import lay_out, starter

BROKEN = starter("persona").replace("to: verified", "to: verifed")

# the parts of SARIF 2.1.0 that a reader needs, as its schema requires them
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "properties": {
                                                        "level": {
                                                            "enum": ["none", "note", "warning", "error"]
                                                        }
                                                    }
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "properties": {
                                "message": TEXT,
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "locations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "properties": {
                                            "physicalLocation": {
                                                "type": "object",
                                                "required": ["artifactLocation"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "required": ["uri"],
                                                        "properties": {
                                                            "uri": {"type": "string", "pattern": "^[!-~]+$"}
                                                        },
                                                    },
                                                    "region": {
                                                        "properties": {
                                                            "startLine": {"type": "integer", "minimum": 1},
                                                            "startColumn": {"type": "integer", "minimum": 1},
                                                            "endColumn": {"type": "integer", "minimum": 1},
                                                        }
                                                    },
                                                },
                                            }
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return lay_out(tmp_path, "persona", BROKEN)


class TestLint:
    def test_it_shows_the_place_the_line_and_the_cure(
        self, broken: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["lint", str(broken)]) == FOUND_WRONG
        out, told = capsys.readouterr()
        number = BROKEN[: BROKEN.index("verifed")].count("\n") + 1
        assert out.split("\n") == [
            f"{broken}:{number}:13: 错误：没有叫“verifed”的状态 [unknown-name]",
            f"{' ' * len(str(number))} |",
            f"{number} |         to: verifed",
            f"{' ' * len(str(number))} |             ^~~~~~~",
            "  = 怎么改：是不是“verified”？",
            "",
        ]
        assert told == "看了 1 个文件，1 处错误，0 处提醒。\n"

    def test_it_speaks_english_when_asked(self, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--lang", "en", "lint", str(broken)]) == FOUND_WRONG
        out, told = capsys.readouterr()
        assert "error: there is no state named “verifed” [unknown-name]" in out
        assert "help: did you mean “verified”?" in out
        assert told == "1 files, 1 errors, 0 warnings.\n"

    @pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
    def test_json_is_one_object_a_line(
        self, broken: Path, option: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["lint", str(broken), *option]) == FOUND_WRONG
        (line,) = capsys.readouterr().out.splitlines()
        found = json.loads(line)
        assert found["id"] == "unknown-name"
        assert found["values"] == {"name": "verifed", "what": "状态", "right": "verified"}

    def test_sarif_is_valid_and_names_the_place(
        self, broken: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["lint", str(broken), "--format", "sarif"]) == FOUND_WRONG
        found = json.loads(capsys.readouterr().out)
        jsonschema.validate(found, SARIF)
        (run,) = found["runs"]
        (result,) = run["results"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "unknown-name"
        assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 13

    def test_clean_files_are_a_valid_sarif_without_results(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = lay_out(tmp_path, "persona", starter("persona"))
        assert main(["lint", str(path), "--format", "sarif"]) == DONE
        found = json.loads(capsys.readouterr().out)
        jsonschema.validate(found, SARIF)
        assert found["runs"][0]["results"] == []

    def test_warnings_alone_are_no_failure(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = starter("persona").replace("trust: 4}", "trust: 4, pride: 5}", 1)
        assert main(["lint", str(lay_out(tmp_path, "persona", text))]) == DONE
        assert "提醒：" in capsys.readouterr().out


class TestExplain:
    @pytest.mark.parametrize(
        ("id", "said"),
        [
            ("unknown-name", "没有叫“{name}”的{what}"),
            ("call-hours", "晚上十点到早上八点不打扰"),
            ("verify-identity", "核实身份"),
            ("核实身份", "verify-identity"),
            ("greeting", "评分项"),
        ],
    )
    def test_one_command_explains_diagnostics_rules_acts_and_criteria(
        self, id: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", id]) == DONE
        assert said in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("id", "near"), [("unknwon-name", "unknown-name"), ("heshishenfen", "verify-identity")]
    )
    def test_what_nobody_knows_is_answered_with_the_nearest(
        self, id: str, near: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", id]) == USAGE
        assert near in capsys.readouterr().err

    def test_the_reference_is_that_of_the_pages(self) -> None:
        assert FILE.read_text(encoding="utf-8") == reference(), (
            "run python -m simulator.authoring.build_diagnostics"
        )


class TestFormat:
    def test_it_changes_only_what_has_to_be_and_says_which(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        neat = lay_out(tmp_path, "persona", starter("persona"))
        untidy = neat.with_name("untidy.yaml")
        untidy.write_text(starter("persona").replace("voice: 话短", "voice:    话短"), encoding="utf-8")
        assert main(["format", str(tmp_path), "--check"]) == FOUND_WRONG
        assert "voice:    话短" in untidy.read_text(encoding="utf-8")
        capsys.readouterr()
        assert main(["format", str(tmp_path)]) == DONE
        assert capsys.readouterr().out.splitlines() == [str(untidy)]
        assert untidy.read_text(encoding="utf-8") == starter("persona")
        assert main(["format", str(tmp_path), "--check"]) == DONE

    def test_a_broken_file_is_left_as_it_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "x.yaml"
        path.write_text("id: x\nid: y\n", encoding="utf-8")
        assert main(["format", str(path)]) == FOUND_WRONG
        assert path.read_text(encoding="utf-8") == "id: x\nid: y\n"
        assert "duplicate-key" in capsys.readouterr().err
