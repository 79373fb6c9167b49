"""The engagement of a workspace: its pack, its modules, its waves."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assess.errors import BadInput, StoreCorrupt
from assess.i18n import _, listed
from assess.places import cache_folder
from assess.workspace.recording import Recording
from assess.workspace.standing import united
from assess.workspace.team import keep_pack

if TYPE_CHECKING:
    from assess.model.pack import Pack, PackRef
    from assess.model.pack_file import Module, Wave
    from assess.model.people import Engagement
    from assess.packs.face import Face


class Engaged(Recording):
    """A workspace's one engagement."""

    _pack: Pack | None = None
    _face: tuple[str, Face] | None = None

    @property
    def has_engagement(self) -> bool:
        """Whether an engagement was started here."""
        return bool(self.heads("engagement"))

    @property
    def engagement(self) -> Engagement:
        """The engagement. Raises BadInput where none was started."""
        standing = self.standing
        if standing.engagement is None:
            said = self.said_engagement()
            from assess.model.people import Engagement

            standing.engagement = Engagement.model_validate(
                {k: v for k, v in said.items() if k in Engagement.model_fields}
            )
        return standing.engagement

    def said_engagement(self) -> dict[str, Any]:
        """What its records say of the engagement. Raises BadInput where none was started."""
        heads = self.heads("engagement")
        if not heads:
            raise BadInput(
                _("there is no engagement in {place}").format(place=self.place),
                hint=_(
                    "start one with: assess init --name NAME --pack key-user "
                    "--modules COST,PLAN --workspace {place}"
                ).format(place=shlex.quote(self.place)),
            )
        return united(heads)

    def start(
        self,
        name: str,
        pack_files: Mapping[str, bytes],
        pack: Pack,
        modules: Iterable[str] | None = None,
        **fields: Any,
    ) -> Engagement:
        """Start the engagement of an empty workspace. Raises BadInput where there is one."""
        if self.has_engagement:
            raise BadInput(
                _("{place} already holds the engagement {name}").format(
                    place=self.place, name=self.engagement.name
                ),
                hint=_("one engagement per workspace: name another folder with --workspace"),
            )
        if not name.strip():
            raise BadInput(_("an engagement needs a name"))
        chosen = list(dict.fromkeys(modules or pack.modules))
        unknown = [module for module in chosen if module not in pack.modules]
        if unknown:
            raise BadInput(
                _("the pack has no module {unknown}; it has {known}").format(
                    unknown=listed(unknown), known=listed(pack.modules)
                )
            )
        from assess.model.people import Engagement

        engagement = Engagement(
            name=name.strip(),
            pack=pack.ref,
            modules=chosen,
            **{"wave": pack.file.waves[0].id, **fields},
        )
        keep_pack(self.store, pack, pack_files)
        self.add({"kind": "engagement", **engagement.model_dump(mode="json")})
        self.log("started")
        return engagement

    @property
    def pack(self) -> Pack:
        """The pack of the engagement, as it was when the engagement began to use it."""
        ref = self.engagement.pack
        if self._pack is None or self._pack.hash != ref.hash:
            self._pack = self._load(ref)
        return self._pack

    @property
    def face(self) -> Face:
        """The names of that pack, without its models where it was loaded before."""
        digest: str = self.said_engagement()["pack"]["hash"]
        if self._face is None or self._face[0] != digest:
            from assess.packs.face import face_of, kept_face

            kept = kept_face(digest, cache_folder() / "packs")
            self._face = digest, kept or face_of(self.pack)
        return self._face[1]

    def _load(self, ref: PackRef) -> Pack:
        from assess.packs.cache import load_pack_cached
        from assess.packs.folder import content_hash

        kept = self.store.pack(ref)
        if content_hash(kept) != ref.hash:
            raise StoreCorrupt(
                _(
                    "the kept pack {pack} {version} is not the text that answers were given under"
                ).format(pack=ref.id, version=ref.version),
                hint=_("bring the folder 'packs' back from a copy of the workspace"),
            )
        return load_pack_cached(kept, cache_folder() / "packs", name=f"{ref.id}-{ref.version}")

    @property
    def modules(self) -> list[Module]:
        """The modules of the engagement, in its order."""
        return [self.pack.modules[module] for module in self.engagement.modules]

    def wave(self, wave_id: str | None = None) -> Wave:
        """The wave of that id, by default the engagement's current one. Raises BadInput."""
        waves = self.pack.waves
        chosen = wave_id or self.engagement.wave
        if chosen not in waves:
            raise BadInput(
                _("the pack has no wave {wave}; it has {known}").format(
                    wave=chosen, known=listed(waves)
                )
            )
        return waves[chosen]
