"""Batches in words: durations, how far a job is, how it ended, and what it is called."""

from collections.abc import Sequence

from dashboard.batches.jobs import Progress
from dashboard.batches.limits import BatchLimits
from sim.scenario import Case
from sim.texts import Texts

_MINUTE, _HOUR = 60, 3600
_MOST_NAMED = 2


def write_duration(seconds: float, texts: Texts) -> str:
    """Write how long something takes, as people say it."""
    if seconds < 1.5 * _MINUTE:
        return texts.counted("batch.time.seconds", max(1, round(seconds)))
    if seconds < 1.5 * _HOUR:
        return texts.counted("batch.time.minutes", round(seconds / _MINUTE))
    return texts.counted("batch.time.hours", round(seconds / _HOUR))


def job_title(number: int, cases: Sequence[Case], texts: Texts) -> str:
    """Name a job."""
    name = cases[0].scenario.name
    called = name if len(cases) == 1 else texts("batch.jobs.several", name=name)
    scenarios = texts.counted("batch.check.scenarios", len(cases))
    return texts("batch.jobs.title", number=number, name=called, scenarios=scenarios)


def describe_progress(progress: Progress, texts: Texts) -> str:
    """Say how far a job is."""
    if progress.state in {"waiting", "stopping"}:
        return texts(f"batch.progress.{progress.state}")
    numbers = [texts.number(number) for number in (progress.done, progress.most, progress.most - progress.done)]
    words = dict(zip(("done", "most", "left"), numbers, strict=True))
    parts = [texts("batch.progress.running", **words)]
    if progress.seconds_left is not None:
        parts.append(texts("batch.progress.time_left", duration=write_duration(progress.seconds_left, texts)))
    if progress.failed:
        parts.append(texts("batch.progress.failed", n=texts.number(len(progress.failed))))
    return "; ".join(parts)


def describe_in_hand(progress: Progress, texts: Texts) -> str:
    """Say which scenarios are being computed."""
    if not progress.in_hand or progress.state != "running":
        return ""
    names = ", ".join(progress.in_hand[:_MOST_NAMED])
    others = len(progress.in_hand) - _MOST_NAMED
    if others <= 0:
        return texts("batch.progress.in_hand", names=names)
    return texts("batch.progress.in_hand_more", names=names, n=others)


def describe_end(progress: Progress, limits: BatchLimits, texts: Texts) -> str:
    """Say how a job ended."""
    return texts(
        f"batch.end.{progress.state}",
        done=texts.number(progress.done),
        most=texts.number(progress.most),
        duration=write_duration(progress.seconds, texts),
        **_written_limits(limits, texts),
    )


def describe_limits(limits: BatchLimits, texts: Texts) -> str:
    """Say how much may be run."""
    numbers = {word: texts.number(getattr(limits, word)) for word in ("scenarios", "plays", "women")}
    return texts("batch.run.limits", **numbers, **_written_limits(limits, texts))


def _written_limits(limits: BatchLimits, texts: Texts) -> dict[str, str]:
    return {
        "hours": texts.counted("batch.time.hours", limits.hours),
        "megabytes": texts.number(limits.megabytes),
    }
