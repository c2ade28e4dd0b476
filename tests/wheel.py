"""Builds the wheel and uses it from an empty environment in another folder: all content must have come along."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "simulator" / "reading" / "corpus"  # training data: not shipped


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT)
        wheel = next(folder.glob("peilian-*.whl"))
        inside = set(zipfile.ZipFile(wheel).namelist())
        wanted = {
            str(path.relative_to(ROOT))
            for top in ("personas", "scenarios", "scoring", "simulator")
            for path in (ROOT / top).rglob("*.*")
            if path.suffix != ".pyc" and path.is_file() and CORPUS not in path.parents
        }
        missing = sorted(wanted - inside)
        if missing:
            sys.stderr.write(f"missing from the wheel: {missing}\n")
            return 1
        python = folder / "env" / "bin" / "python"
        run(sys.executable, "-m", "venv", folder / "env")
        run(python, "-m", "pip", "install", "--quiet", wheel)
        listed = run(folder / "env" / "bin" / "peilian", "list", "scenarios", "--json", cwd=folder)
        count = len(listed.splitlines())
        sys.stdout.write(f"{wheel.name}: {len(wanted)} content files, {count} scenarios\n")
        return 0 if count >= 10 else 1


def run(*command: object, cwd: Path = ROOT) -> str:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
