"""What the cover works out in threads: the plan, what if they leave, the worst departures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess.errors import BadInput
from assess.i18n import language
from assess.tui.screens.cover_choices import CoverChoices, choices_of
from assess.tui.screens.ranking_measured import MeasuredScreen, measured
from assess.tui.screens.watched import Job

if TYPE_CHECKING:
    from assess.cover.watching import Watch
    from assess.workspace.cover_results import CoverPlan
    from assess.workspace.departing import Leaving, Worst
    from assess.workspace.workspace import Workspace


class CoverWork(MeasuredScreen):
    """Each piece of work takes the place of the one before it; all can be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: CoverPlan | None = None
        self._left: Leaving | None = None
        self._worst: Worst | None = None
        self._view: Workspace | None = None
        self._key: tuple[object, ...] = ()
        self._jobs: dict[str, Job] = {}
        self._stale = False

    def show_progress(self) -> None:
        """Show how far the work is, or what came of it."""
        raise NotImplementedError

    @property
    def choices(self) -> CoverChoices:
        """What was chosen by hand."""
        return choices_of(self.app)

    @property
    def view(self) -> Workspace:
        """The workspace as of the day that is read."""
        return self._view or self.workspace

    @property
    def plan(self) -> CoverPlan | None:
        """The plan on the screen, once it is there."""
        return self._plan

    @property
    def left(self) -> Leaving | None:
        """What happens if those marked leave, once it is worked out."""
        return self._left if self._left and self._left.people == self._gone() else None

    @property
    def worst(self) -> Worst | None:
        """The most painful departures, once all were tried."""
        return self._worst

    # -- working out

    async def measure(self) -> None:
        """Plan, unless nothing changed; then the departures."""
        self._stop("plan")
        job = self._jobs["plan"] = Job()
        self.show_progress()
        try:
            found = await job.run(self._plan_now)
        except BadInput as error:
            if not (self.choices.pins or self.choices.bars):
                raise
            # somebody pinned or barred does not stand any more
            self.choices.pins, self.choices.bars = [], []
            self.app.show_error(error)
            return
        self._stale = found is None
        if found is None:
            self.show_progress()
            return
        view, key, plan = found
        if key != self._key:
            self._left = self._worst = None
        self._view, self._key, self._plan = view, key, plan
        here = view.candidates()
        self.choices.marked = [code for code in self.choices.marked if code in here]
        self.show_words()
        self.try_leaving()
        self.try_departures()

    def _plan_now(self, watch: Watch) -> tuple[Workspace, tuple[object, ...], CoverPlan]:
        from assess.workspace.covering import plan

        choices = self.choices
        key = (
            *sorted(self.workspace.store.digests().items()),
            *choices.options().values(),
            choices.as_of,
            choices.decided,
            language(),
        )
        if key == self._key and self._plan is not None:
            return self.view, key, self._plan
        view = choices.view(self.workspace)
        return view, key, plan(view, decided=choices.decided, watch=watch, **choices.options())

    def _gone(self) -> tuple[str, ...]:
        return tuple(self.choices.marked)

    def try_leaving(self) -> None:
        """Work out what happens if those marked leave, in place of what is worked out now."""
        self._stop("leaving")
        if self._gone() and self._plan is not None and self.left is None:
            self.run_worker(self._leave(), group="leaving", exclusive=True, exit_on_error=False)
        self.show_progress()

    async def _leave(self) -> None:
        from assess.workspace.departing import leaving

        job = self._jobs["leaving"] = Job()
        self.show_progress()
        gone, view, told_on = list(self._gone()), self.view, self.choices.told_on
        options = self.choices.options_without(gone)
        found = await job.run(
            lambda watch: leaving(
                view, gone, told_on=told_on, explain=False, watch=watch, **options
            )
        )
        if found is not None:
            self._left = found
        self.show_progress()

    def try_departures(self, *, again: bool = False) -> None:
        """Try the departure of everybody and of every two, if that was not done yet."""
        if self._plan is not None and (again or self._worst is None):
            self._stop("worst")
            self.run_worker(self._try_all(), group="worst", exclusive=True, exit_on_error=False)

    async def _try_all(self) -> None:
        from assess.workspace.covering import asked
        from assess.workspace.departing import worst_departures

        job = self._jobs["worst"] = Job()
        view, options = self.view, self.choices.options()
        self.show_progress()
        question = await measured(lambda: asked(view, **options))
        # the question is all it takes, so that nothing else waits while all are tried
        found = await job.run(lambda watch: worst_departures(question, watch=watch), alone=False)
        if found is not None:
            self._worst = found
        self.show_progress()

    def _stop(self, *names: str) -> bool:
        running = [job for name in names if (job := self.running_job(name))]
        for job in running:
            job.stopped = True
        return bool(running)

    def running_job(self, name: str) -> Job | None:
        """The work of that name while it runs."""
        job = self._jobs.get(name)
        return None if job is None or job.stopped else job

    def on_unmount(self) -> None:
        """Nobody waits any more."""
        self._stop(*self._jobs)
