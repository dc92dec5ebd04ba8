"""The whole way from a question to its answers: one fit for each estimate of need."""

from calibration.from_totals.findings import Fit, sum_up
from calibration.from_totals.fitting import Effort, draw_posterior
from calibration.from_totals.observing import Progress
from calibration.from_totals.question import FitQuestion


def fit_question(
    question: FitQuestion,
    *,
    effort: Effort | None = None,
    cores: int | None = None,
    on_progress: Progress | None = None,
) -> tuple[Fit, ...]:
    """Fit the free parameters of a question, under each of its estimates of need.

    Parameters
    ----------
    question : FitQuestion
        What was observed and what is free.
    effort : Effort, optional
        How much work is done for each.
    cores : int, optional
        How many parameter sets are played at the same time; the numbers are the same.
    on_progress : callable, optional
        Called with the replications done and the most there will be.

    Returns
    -------
    tuple of Fit
        In the order of the estimates; one fit if the question names none. Fewer, or a partial last one, if stopped by
        Ctrl-C.

    Raises
    ------
    ScenarioError
        If a target cannot be fitted.
    KeyboardInterrupt
        If stopped by Ctrl-C before there was anything to show.
    """
    effort = effort or Effort()
    views = question.views or ("",)
    fits: list[Fit] = []
    for number, view in enumerate(views):
        tell = _told_of_all(on_progress, number, len(views), effort.most_replications)
        try:
            drawn = draw_posterior(question, view=view, effort=effort, cores=cores, on_progress=tell)
        except KeyboardInterrupt:
            if not fits:
                raise
            break
        fits.append(sum_up(drawn))
        if drawn.is_partial:
            break
    return tuple(fits)


def _told_of_all(on_progress: Progress | None, number: int, n_views: int, most: int) -> Progress | None:
    """Progress of one fit as progress of all."""
    if on_progress is None:
        return None

    def tell(done: int, _: int) -> None:
        on_progress(number * most + done, n_views * most)

    return tell
