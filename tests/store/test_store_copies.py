"""What programs that synchronise folders leave in a workspace."""

import shutil
from pathlib import Path

import pytest
from folder_places import own
from store_samples import FIRST, numbered

from assess.errors import StoreCorrupt
from assess.model.records import ENGAGEMENT
from assess.store.folder import FolderStore

COPY_ENDINGS = [
    " (conflicted copy 2025-03-01 101500).json",
    " (Anna's conflicted copy 2025-03-01).json",
    ".sync-conflict-20250301-101500-ABCDEFG.json",
    " (1).json",
    " 2.json",
]


@pytest.mark.parametrize("stream", [FIRST, ENGAGEMENT])
@pytest.mark.parametrize("ending", COPY_ENDINGS)
def test_a_conflicted_copy_is_one_more_file_to_unite(
    folder: FolderStore, tmp_path: Path, stream: str, ending: str
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    folder.put(stream, [numbered(1), numbered(2)])
    other.put(stream, [numbered(2), numbered(3)])
    before = folder.digests()
    other.close()
    shutil.copy(own(other.root, stream), own(folder.root, stream, ending))
    assert folder.read(stream) == [numbered(1), numbered(2), numbered(3)]
    assert folder.streams() == [stream]
    assert folder.digests() != before
    other.put(stream, [numbered(1)])
    assert folder.digests() == other.digests()
    assert folder.put(stream, [numbered(3), numbered(4)]) == 1
    with pytest.raises(StoreCorrupt):
        folder.put(stream, [numbered(3, value=1)])


@pytest.mark.parametrize("ending", [" (conflicted copy).wal", ".sync-conflict-20250301-1-A.wal"])
def test_a_conflicted_copy_of_a_log_counts_too(
    folder: FolderStore, tmp_path: Path, ending: str
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    other.put(FIRST, [numbered(1)])
    other.close()
    other.put(FIRST, [numbered(2)])
    shutil.copy(own(other.root, FIRST, ".json.wal"), own(folder.root, FIRST, ".json" + ending))
    assert folder.read(FIRST) == [numbered(2)]
    folder.put(FIRST, [numbered(3)])
    assert folder.read(FIRST) == [numbered(2), numbered(3)]


def test_a_conflicted_copy_with_another_content_stops_by_name(
    folder: FolderStore, tmp_path: Path
) -> None:
    other = FolderStore(tmp_path / "other", create=True)
    folder.put(FIRST, [numbered(1, value=3)])
    other.put(FIRST, [numbered(1, value=4)])
    other.close()
    shutil.copy(own(other.root, FIRST), own(folder.root, FIRST, COPY_ENDINGS[0]))
    with pytest.raises(StoreCorrupt, match=f"{1:026d}"):
        folder.read(FIRST)
    assert list(folder.damaged()) == [FIRST]


def test_other_files_in_the_folder_are_nobodys_copies(folder: FolderStore) -> None:
    folder.put(ENGAGEMENT, [numbered(1)])
    for name in ("engagement notes.json", "engagement_export.json", "engagement (old).json"):
        (folder.root / name).write_text('{"not": "ours"}')
    (folder.root / "interviews" / "readme.json").write_text("{}")
    assert folder.read(ENGAGEMENT) == [numbered(1)]
    assert folder.streams() == [ENGAGEMENT]
    assert folder.damaged() == {}
