"""YAML to model: load, check, schema."""

from assess.packs.finding import Finding
from assess.packs.folder import content_hash, find_pack, shipped_packs
from assess.packs.layers import read_pack_folder
from assess.packs.load import check_pack, load_pack, load_pack_files

__all__ = [
    "Finding",
    "check_pack",
    "content_hash",
    "find_pack",
    "load_pack",
    "load_pack_files",
    "read_pack_folder",
    "shipped_packs",
]
