"""Record what a Look brought: one write transaction in which everything is read again that a decision needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from monitor.core.alerting import Reachable, band_told, plan_alerts
from monitor.core.looks import Finding, LookRecord
from monitor.core.model import Outcome, Role
from monitor.core.schedule import next_ask_after, next_look_at, rest_after_failure
from monitor.core.triage import Circumstance, FormSeen, KnownMention, Sight, Verdict, is_first_asking, is_seeding_source, triage
from monitor.pipeline.world import World
from monitor.storage import deliveries, mentions, people, sources
from monitor.storage.sources import Shown, SourceRow

BLIND_AFTER = 3
"""After so many failed Looks in a row the operator is told, once: silence must not look like safety."""

NOT_STORED = "what it brought could not be stored"


def record_looks(records: Sequence[LookRecord], world: World) -> None:
    """Write finished Looks in one transaction, each in a savepoint of its own: a bad one does not take the others along.

    One that cannot be stored is written as a failed Look without what it brought, so that its Source shows it.
    """
    with world.db.write("poll") as tx:
        world.failpoint("poll.begun")
        channels = deliveries.load_reachable(tx)
        for record in records:
            try:
                with tx.begin_nested():
                    _record(tx, record, channels, world)
            except (IntegrityError, DataError) as error:
                world.log.warning("look could not be stored", source=record.source_id, error=type(error).__name__)
                bare = replace(record, outcome=Outcome.FAILED, detail=NOT_STORED, state=None, findings=(), shown=())
                _record(tx, bare, channels, world)
        world.failpoint("poll.inside")


def _record(tx: Connection, record: LookRecord, channels: Sequence[Reachable], world: World) -> None:
    source = sources.load_source(tx, record.source_id)
    if source is None:
        return
    now = world.clock.now()
    named = [sight.person_id for finding in record.findings for sight in finding.sights]
    numbers = people.load_numbers(tx, [*named, *(form.person_id for form in record.asked)])
    asked = [form for form in record.asked if form.person_id in numbers]
    asked_before = sources.load_asked_forms(tx, source.id, numbers) if record.asked_person is not None else {}
    shown_before = sources.load_shown(tx, source.id, [finding.hit_hash for finding in record.findings])
    desk = _Desk(tx, source, record, channels, numbers, asked_before, shown_before, world, now)
    new_passages = sum(desk.record_finding(finding) for finding in record.findings)
    if record.was_looked:
        # Who was named and is not looked for just now may be in a moment: their text does not count as shown to them.
        dropped = {each.hit_hash for each in record.findings if any(sight.person_id not in numbers for sight in each.sights)}
        shown = [hit for hit in record.shown if hit.hit_hash not in dropped]
        sources.save_shown(tx, source.id, shown, matched_with=record.matched_with, now=now)
        sources.save_asked_forms(tx, source.id, asked, asked_before, is_whole=record.is_whole, now=now)
    sources.save_look(tx, record, forms=asked, new_passages=new_passages)
    _save_next(tx, source, record, world, now)
    if not record.was_looked and source.failures + 1 == BLIND_AFTER:
        for channel in channels:
            if channel.role is Role.OPERATOR:
                since = (source.last_ok_at or source.last_look_at or now).isoformat()
                notice = {"code": "source_blind", "source": source.name, "since": since}
                deliveries.add_notice(tx, channel.id, f"blind-{source.id}", notice, now=now)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One Look being recorded: what was read in this transaction."""

    tx: Connection
    source: SourceRow
    record: LookRecord
    channels: Sequence[Reachable]
    numbers: Mapping[int, int]
    asked_before: Mapping[int, Mapping[str, FormSeen]]
    shown_before: Mapping[int, Shown]
    world: World
    now: datetime

    def record_finding(self, finding: Finding) -> int:
        """Write one Finding; returns how many new Passages it brought. Who was withdrawn meanwhile is not stored."""
        self._forget_not_named(finding)
        sights = [sight for sight in finding.sights if sight.person_id in self.numbers]
        if not sights:
            return 0
        page = mentions.find_or_add_page(self.tx, finding, now=self.now)
        count = 0
        for sight in sights:
            known = mentions.load_known(self.tx, sight.person_id, page, self.source.id)
            circumstance = Circumstance(
                carries=finding.carries,
                is_seeding=self._is_seeding(finding, sight.person_id),
                was_page_read=page.was_read,
                # The date of what is shown now: a comment of today on an old page is of today.
                published_at=finding.published_at or page.published_at,
                is_search_without_limit=not self.record.is_limited_in_time,
            )
            verdict = triage(sight, known, circumstance, now=self.now)
            mention_id = self._save_mention(sight, known, verdict, page.id, was_seeded=circumstance.is_seeding)
            mentions.save_sighting(self.tx, mention_id, self.source.id, finding.exchange, now=self.now)
            count += self._save_news(finding, sight, verdict, mention_id, page.id)
        return count

    def _forget_not_named(self, finding: Finding) -> None:
        page = mentions.find_page(self.tx, finding) if finding.not_named else None
        if page is None:
            return
        for person_id in finding.not_named:
            known = mentions.load_known(self.tx, person_id, page, self.source.id)
            if known is not None and not known.has_passages:
                mentions.forget_unread(self.tx, known.id)

    def _save_mention(self, sight: Sight, known: KnownMention | None, verdict: Verdict, page_id: int, *, was_seeded: bool) -> int:
        if known is None:
            return mentions.save_mention(self.tx, sight, page_id, verdict.held_back, was_seeded=was_seeded, now=self.now)
        if verdict.reason is not None or verdict.passages:
            mentions.change_mention(self.tx, known.id, sight, verdict.held_back)
        return known.id

    def _save_news(self, finding: Finding, sight: Sight, verdict: Verdict, mention_id: int, page_id: int) -> int:
        """Write the new Passages, and who hears of them; returns how many there are."""
        if sight.match is None or sight.assessment is None:
            return 0
        severity = sight.assessment.severity
        ids = mentions.save_passages(self.tx, mention_id, verdict.passages, finding, severity=severity, now=self.now)
        if verdict.reason is None:
            return len(ids)
        plans = plan_alerts(
            person_id=sight.person_id,
            page_id=page_id,
            reason=verdict.reason,
            band=band_told(sight.match, severity),
            severity=severity,
            channels=self.channels,
            digest=self.world.digest,
            now=self.now,
        )
        told = ids or tuple(filter(None, (mentions.last_passage(self.tx, mention_id),)))
        for plan in plans:
            for passage_id in told:
                deliveries.add_part(
                    self.tx,
                    plan,
                    mention_id=mention_id,
                    passage_id=passage_id,
                    reason=verdict.reason,
                    severity=severity,
                    now=self.now,
                )
        return len(ids)

    def _is_seeding(self, finding: Finding, person_id: int) -> bool:
        """Tell whether this is old text meeting a new name, or a Source (for a Search: a form) looked at for the first time."""
        shown = self.shown_before.get(finding.hit_hash)
        if shown is not None and shown.matched_with < self.numbers[person_id]:
            return True
        if self.record.asked_person is None:
            return is_seeding_source(
                first_look_at=self.source.first_look_at,
                first_whole_look_at=self.source.first_whole_look_at,
                every=self.source.every,
                now=self.now,
            )
        seen = self.asked_before.get(person_id, {})
        forms = [form.text for form in self.record.asked] if person_id == self.record.asked_person else [*seen]
        firsts = [is_first_asking(seen.get(form), every=self.source.every, now=self.now) for form in forms]
        # A colleague who turns up in an answer about somebody else is old news until she was asked about herself.
        return any(firsts) if person_id == self.record.asked_person else all(firsts)


def _save_next(tx: Connection, source: SourceRow, record: LookRecord, world: World, now: datetime) -> None:
    """Write when the Source, or the Watch, is looked at next.

    A Search that failed rests as a whole: it is the engine that blocks or is out of quota, not the name.
    """
    failed = not record.was_looked
    failures = source.failures + 1 if failed else 0
    jitter = world.jitter()
    if record.asked_person is None:
        at = next_look_at(
            now=now,
            every=source.every,
            jitter=jitter,
            failures=failures,
            retry_after=record.retry_after,
            not_before=record.not_before,
        )
        sources.save_health(tx, source, record, next_poll_at=at, rest_until=record.not_before)
        return
    if due := sources.load_watch(tx, source.id, record.asked_person):
        at = next_ask_after(now=now, every=source.every, jitter=jitter, failures=due.failures + 1 if failed else 0)
        sources.save_next_ask(tx, due, at=at, failed=failed)
    rest = rest_after_failure(now=now, failures=failures, jitter=jitter, retry_after=record.retry_after, until=record.not_before)
    sources.save_health(tx, source, record, next_poll_at=None, rest_until=rest if failed else record.not_before)
