"""Evidence that was given under an earlier version of the pack shows the words of that version."""

from __future__ import annotations

from tui_managers import ManagerApp, managed, settled

from assess.packs import load_pack_files
from assess.tui.screens.why_evidence import EvidenceScreen
from assess.tui.widgets.rows import Rows


async def test_an_answer_to_other_words_says_which():
    workspace = managed()
    for rater, words in (("R1", "And how is it done?"), ("R2", "")):
        workspace.interview("HE", rater).answer("BPM-1", 4)
        if words:
            files = dict(workspace.store.pack(workspace.engagement.pack))
            was = workspace.pack.items["BPM-1"].ask.say("en")
            text = files["interview.yaml"].decode()
            files["interview.yaml"] = text.replace(was, words, 1).encode()
            text = files["pack.yaml"].decode()
            files["pack.yaml"] = text.replace("version: 1.0.0", "version: 1.0.1").encode()
            ref = load_pack_files(files).ref
            workspace.store.put_pack(ref, files)
            after = workspace.engagement.model_copy(update={"pack": ref})
            heads = [head["id"] for head in workspace.heads("engagement")]
            workspace.add({"kind": "engagement", **after.model_dump(mode="json"), "revises": heads})
    app = ManagerApp(workspace, EvidenceScreen("HE", "PROC", "BPM", among=["BPM"], called="HE"))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        shown = " ".join(app.screen.query_one(Rows).text.split())
        assert shown.count("asked in these words: ") == 1
        assert f"asked in these words: {was[:60]}" in shown
        assert "And how is it done?" in shown
