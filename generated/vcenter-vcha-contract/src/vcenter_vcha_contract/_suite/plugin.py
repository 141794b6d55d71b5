"""The pytest plugin behind a contract package: options, fixtures, safety, masking, results."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from . import (
    fixtures,
    fuzz,
    hooks,
    interruption,
    leaks,
    learning,
    links,
    options,
    preflight,
    private,
    removal,
    thinned,
    workers,
)
from .archive import Archive
from .check import Finding
from .description import Description
from .gate import NotSimulated, Policy
from .known import Known, KnownError
from .known import read as read_known
from .operations import SESSION_ROLES, Catalogue, Effect, Operation
from .presence import Presence
from .production import ProductionFileError
from .reporter import Reporter
from .results import Results
from .run import Run, Unreachable
from .settings import Settings, SettingsError, read, secrets
from .shards import Shards
from .untested import Unarmed

_UNREACHABLE = 3


class ContractPlugin:
    """Registered only in runs that name the contract package.

    `catalogue` are its operations, `description` the path of its `openapi.json`.
    """

    def __init__(self, catalogue: Catalogue, description: Path) -> None:
        self.catalogue = catalogue
        self.description: Description = Description(description)
        self.settings: Settings | None = None
        self.results: Results | None = None
        self.reporter: Reporter | None = None
        self._run: Run | None = None
        self._folder: Path | None = None
        self._owns_folder = False
        self._written: list[Path] = []

    # Set-up

    @staticmethod
    def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
        """Offer the hooks of `hooks` to conftest files."""
        pluginmanager.add_hookspecs(hooks)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Read the options and say what the markers mean."""
        config.pluginmanager.register(fixtures, "contract-fixtures")
        config.addinivalue_line("markers", "operation(name): the operation a test is about")
        config.addinivalue_line("markers", "write(name): the test changes something on the target")
        config.addinivalue_line("markers", "security: what the test finds wrong with a whole answer is about security")
        config.addinivalue_line("markers", "destructive(name): the test may interrupt the target or lose its data")
        if config.option.collectonly or config.option.help:
            return
        try:
            parcel = workers.received(config)
            values = options.values(config)
            known_secrets = parcel.secrets if parcel is not None else secrets(values, os.environ)
            self.settings = read(values, self.catalogue, os.environ, known_secrets)
        except (SettingsError, ProductionFileError) as error:
            raise pytest.UsageError(str(error)) from None
        fuzz.use(self.settings)
        self._owns_folder = parcel is None
        self._folder = parcel.folder if parcel is not None else Path(tempfile.mkdtemp(prefix="contract-"))
        transport = config.hook.pytest_contract_transport(settings=self.settings, catalogue=self.catalogue)
        try:
            self._run = Run(self.settings, self.catalogue, self.description, self._folder, transport)
        except OSError as error:
            raise pytest.UsageError(f"--ca-bundle {self.settings.ca_bundle}: {error.strerror or error}") from None
        made = self._run
        made.gate.interruption.install(
            relayed=parcel is None and interruption.RELAYED in os.environ,
            is_told=(lambda: made.shared.is_hurried) if parcel is not None else None,
        )
        made.extra_check = lambda answer: config.hook.pytest_contract_check(answer=answer, run=made)
        self._presence = Presence(made, self._subject)
        config.pluginmanager.register(self._presence, "contract-presence")
        parcel = workers.Parcel(self._folder, known_secrets)
        config.pluginmanager.register(
            workers.Workers(parcel, made.shared, self._effect_rank, made.gate.interruption), "contract-workers"
        )
        if self.settings.shard is not None:
            order = tuple(operation.name for operation in self.catalogue.operations)
            config.pluginmanager.register(
                Shards(self.settings.shard, order, self._folder, self._subject, self._may_call, self._narrow),
                "contract-shards",
            )
        try:
            known = read_known(Path(str(options.values(config)["known"]))) if options.values(config)["known"] else {}
        except KnownError as error:
            raise pytest.UsageError(str(error)) from None
        archive = self._record(config, made, known) if self._owns_folder else None
        config.pluginmanager.register(
            learning.Learning(
                made.secrets,
                os.environ.get(learning.DESCRIPTOR),
                self._folder,
                worker=workers.is_one(config),
                workers=workers.are_many(config),
            ),
            "contract-learning",
        )
        self.reporter = Reporter(self._run, known, self.results, archived=bool(values["har"]), archive=archive)
        config.pluginmanager.register(self.reporter, "contract-reporter")

    def _record(self, config: pytest.Config, made: Run, known: Mapping[str, Known]) -> Archive | None:
        """Begin the results, and the archive if one is wanted.

        Raises:
            pytest.UsageError: It cannot be written.
        """
        assert self.settings is not None
        values = options.values(config)
        har, archive, events = values["har"], None, values["events"]
        if har:
            try:
                archive = Archive(Path(str(har)), "vcsdk contract suite", made.secrets.mask)
            except OSError as error:
                raise pytest.UsageError(f"--har {har}: {error.strerror or error}") from None
            self._written.append(Path(str(har)))
        self.results = Results(
            {"url": self.settings.url, "api": made.description.name},
            {operation.name: self._declaration(operation) for operation in self.catalogue.operations},
            options.shown(config),
            known,
            mask=made.secrets.mask,
            strict=bool(values.get("strict")),
        )
        if events:
            self.results.events = private.opened_for_text(Path(str(events)))
            self._written.append(Path(str(events)))
        self.results.begin()
        return archive

    def _subject(self, item: pytest.Item) -> str:
        marker = item.get_closest_marker("operation")
        return str(marker.args[0]) if marker is not None else fuzz.operation_name(item, self.catalogue)

    def _may_call(self, item: pytest.Item) -> tuple[str, ...]:
        called = [operation for _, operation in self._demands(item) if operation is not None]
        return tuple(operation.name for operation in called if operation.effect is Effect.DESTRUCTIVE)

    def _narrow(self, scope: frozenset[str]) -> None:
        """What belongs to another shard may not be sent by this one: so a limit holds over all of them."""
        assert self._run is not None
        policy = self._run.gate.policy
        chosen = frozenset(
            name
            for name in policy.allowed
            if (operation := self.catalogue.named(name)) is not None and operation.name in scope
        )
        self._run.gate.policy = dataclasses.replace(policy, allowed=chosen)
        if self.results is not None and self.results.scope is None:
            self.results.narrow(scope)

    def _declaration(self, operation: Operation) -> dict[str, Any]:
        return {
            "request": operation.request_line,
            "effect": operation.effect.value,
            "documented": list(self.description.statuses(operation)),
            "links": list(links.declared(operation, self.catalogue)),
        }

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Stop before the first test if there is nothing to test, or the target does not answer or let the run in."""
        if self._run is None or self.results is None:
            return
        if not self.catalogue.operations:
            self._stop(session, "inconclusive", "the description has no operation: there is nothing to exercise")
        try:
            self._look_around(session)
        except KeyboardInterrupt:
            # pytest ends no session that has not started.
            self._finish(session.config, int(pytest.ExitCode.INTERRUPTED))
            raise

    def _look_around(self, session: pytest.Session) -> None:
        assert self._run is not None
        assert self.results is not None
        assert self.settings is not None
        try:
            self._run.preflight()
        except Unreachable as trouble:
            self._stop(session, "unreachable", str(trouble))
        except NotSimulated as refusal:
            self._stop(session, "unsafe", str(refusal))
        found = preflight.survey(self._run)
        self.results.learn(found.facts())
        objections = list(preflight.objections(found, self.settings, self.catalogue))
        if objections and (not self.settings.despite_preflight or preflight.is_final(self.settings)):
            hint = [] if preflight.is_final(self.settings) else ["To run in spite of this, pass --despite-preflight."]
            self._stop(session, "unsafe", "\n".join([*objections, *hint]))

    def _stop(self, session: pytest.Session, verdict: str, trouble: str) -> NoReturn:
        assert self.results is not None
        assert self._run is not None
        trouble = self._run.secrets.mask(trouble)
        self.results.verdict, self.results.trouble = verdict, trouble
        self._finish(session.config, _UNREACHABLE)
        pytest.exit(trouble, returncode=_UNREACHABLE)

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Every test has an id of its own, also where tests are only listed, and says if it is about security."""
        workers.tell_apart(item, self.catalogue)
        if self._is_about_security(item):
            item.add_marker("security")

    def _is_about_security(self, item: pytest.Item) -> bool:
        """True for who is let in: a test of making and ending sessions, or of somebody who may not do what it does."""
        marker = item.get_closest_marker("operation")
        subject = self.catalogue.named(str(marker.args[0])) if marker is not None else None
        of_sessions = subject is not None and subject.role in SESSION_ROLES
        return of_sessions or not fixtures.OUTSIDERS.isdisjoint(getattr(item, "fixturenames", ()))

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Skip what the run may not do, and put what changes the target last."""
        items.sort(key=self._rank)
        if self.results is not None:
            self.results.total = len(items)
        if self.settings is None:
            return
        if self._run is not None:
            self._run.secrets.also_public(item.nodeid for item in items)
        policy = Policy(self.settings.level, self.settings.allowed)
        for item in items:
            demands = list(self._demands(item))
            reason = fuzz.objection(item, self.catalogue, self.settings)
            if demands:
                effect = max((effect for effect, _ in demands), key=lambda effect: effect.rank)
                objection = policy.objection(effect, tuple(o for _, o in demands if o is not None))
                reason = f"{effect}: pass {objection}" if objection is not None else reason
            if reason is not None:
                item.add_marker(pytest.mark.skip(reason=reason))
            elif (number := thinned.thin(item)) and self._run is not None:
                name = fuzz.operation_name(item, self.catalogue)
                self._run.shared.note(
                    f"`{name}`: {thinned.MOST} of {number:,} cases at the boundaries of its schemas are tried"
                )

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self) -> Iterator[None]:
        """What schemathesis cannot make up is nothing that the target did: the operation is not exercised.

        Nor is what it did that it asked who is there, and the run cannot say.
        """
        try:
            return (yield)
        except Finding as finding:
            if finding.answer is None or not finding.answer.is_stopped:
                raise
            reason = finding.answer.unarmed
        except Exception as error:
            if not fuzz.is_nothing_made_up(error):
                raise
            pytest.skip(fuzz.NOTHING_MADE_UP)
        raise Unarmed(reason)

    def _rank(self, item: pytest.Item) -> tuple[int, bool, int]:
        """Readers first, then what changes the target, fuzz behind the rest of its kind."""
        # The limit ends what must be refused as well as what is accepted, so that the refusals go first.
        effect = self._effect_rank(item)
        accepted = effect == Effect.DESTRUCTIVE.rank and not self._must_be_refused(item)
        return effect, accepted, fuzz.rank(item, self.catalogue) % 2

    def _must_be_refused(self, item: pytest.Item) -> bool:
        operation = self.catalogue.named(fuzz.operation_name(item, self.catalogue))
        if operation is not None:
            return operation.finite
        return bool({"careful", "powerless", "unauthenticated"} & set(getattr(item, "fixturenames", ())))

    def _effect_rank(self, item: pytest.Item) -> int:
        return max(self._marked_rank(item), fuzz.rank(item, self.catalogue) // 2)

    def _marked_rank(self, item: pytest.Item) -> int:
        return max((effect.rank for effect, _ in self._demands(item)), default=0)

    def _demands(self, item: pytest.Item) -> Iterator[tuple[Effect, Operation | None]]:
        for effect in (Effect.WRITE, Effect.DESTRUCTIVE):
            for marker in item.iter_markers(effect.value):
                for name in marker.args or ("",):
                    yield effect, self.catalogue.named(str(name))

    @property
    def run(self) -> Run:
        """The run of this process, once pytest is configured."""
        assert self._run is not None, "there is no run while tests are only collected"
        return self._run

    def before_test(self) -> None:
        """Make sure that the target answers and the session is valid, whatever the last test did."""
        if self._run is not None:
            if self._run.gate.interruption.is_ending:
                # Somebody has caught the exception that ends the run.
                raise KeyboardInterrupt
            self._presence.before_test()

    def after_test(self) -> None:
        """Set back what the test set and remove what it made, so that the next one meets the target as this one did."""
        if self._run is not None:
            self._run.kept.put_back_fresh()
            removal.remove_fresh(self._run.target)

    # End

    def pytest_unconfigure(self) -> None:
        """Signals are for others again."""
        if self._run is not None:
            self._run.gate.interruption.uninstall()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Log out, write the results."""
        terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            # For each failed test pytest goes through all that was set up and torn down: minutes for a few thousands.
            terminal.stats.pop("", None)
        session.exitstatus = self._finish(session.config, int(session.exitstatus))

    def _finish(self, config: pytest.Config, status: int) -> int:
        if self._run is None:
            return status
        self._run.gate.interruption.end()
        limits = self._run.gate.limits
        if self.results is not None and not self.results.verdict and limits is not None and limits.stopped:
            self.results.verdict, self.results.trouble = "inconclusive", "\n".join(limits.stopped)
        if self.results is not None and not self.results.verdict and self._run.shared.lost:
            self.results.verdict, self.results.trouble = "unreachable", self._run.shared.lost
        self._run.close()
        if self.results is not None:
            self.results.left = [self.results.mask(place) for place in self._run.shared.left]
            self.results.notes = [self.results.mask(note) for note in self._run.shared.notes]
        if self.reporter is not None:
            path = options.values(config)["results"]
            status = self.reporter.finish(Path(str(path)) if path else None, status)
            status = self._look_back([*self._written, *([Path(str(path))] if path else [])], config, status)
        self._run.shared.part()
        if self._owns_folder and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._owns_folder = False
        return status

    def _look_back(self, paths: list[Path], config: pytest.Config, status: int) -> int:
        """A run that has written a secret has failed itself, and leaves nothing."""
        assert self._run is not None
        if self.results is None or os.environ.get(learning.DESCRIPTOR):
            # Whoever started the run looks at what is made of it, too.
            return status
        events, har = (options.values(config)[name] for name in ("events", "har"))
        leaks.mask_again(Path(str(events)) if events else None, Path(str(har)) if har else None, self._run.secrets)
        found = leaks.find(paths, self._run.secrets)
        if not found:
            return status
        leaks.remove(paths)
        terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            terminal.write_line(f"ERROR: {leaks.told(found)}")
        return _UNREACHABLE
