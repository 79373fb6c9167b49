"""Where a workspace folder keeps a stream, and all that it holds."""

from pathlib import Path

from assess.model.records import ENGAGEMENT


def own(root: Path, stream: str, ending: str = ".json") -> Path:
    return (root if stream == ENGAGEMENT else root / "interviews") / (stream + ending)


def contents_of(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
