"""Sentences on the regions that lose: better for the country may be worse for some."""

from typing import NamedTuple

from dashboard.say.findings.sentence import MATTERS, Sentence, magnitude
from dashboard.say.measure_words import Estimate, estimate_of, write_bare, write_estimate
from sim.experiment import Results
from sim.geography import REGION_MAPS
from sim.texts import Texts, design_label


class Loss(NamedTuple):
    """A way in which a region can lose."""

    word: str  # its key in the texts
    measure: str  # name of the measure
    sign: int  # which way is a loss: -1 for less, 1 for more
    says_unit: bool = True  # whether the unit stands after the number


LOSSES = (
    Loss("admitted", "admitted_per_year", -1, says_unit=False),
    Loss("wait", "wait_days_mean", 1),
    Loss("travel", "travel_minutes_mean", 1),
)


def tell_losers(results: Results, design: str, against: str, texts: Texts) -> list[Sentence]:
    """Say which regions lose when a design takes the chosen one's place, and by how much."""
    names = {"design": design_label(design, texts), "against": design_label(against, texts)}
    sentences = []
    for loss in LOSSES:
        hit = _hit(results, f"{design} - {against}", loss)
        if not hit:
            continue
        said = [_region(region, estimate, loss, texts) for region, estimate in hit.items()]
        is_everywhere = len(hit) == len(REGION_MAPS[results.scenario.regions])
        key = f"findings.losers.{loss.word}{'_everywhere' if is_everywhere else ''}"
        text = texts(key, regions=", ".join(said), most=said[0], **names)
        sentences.append(Sentence(f"losers_{loss.word}", design, MATTERS, text))
    return sentences


def _region(region: str, estimate: Estimate, loss: Loss, texts: Texts) -> str:
    """A region and how much it loses."""
    write = write_estimate if loss.says_unit else write_bare
    difference = write(magnitude(estimate), loss.measure, texts, is_difference=True).removeprefix("+")
    return texts("findings.region", region=texts(f"common.region.{region}"), difference=difference)


def _hit(results: Results, pair: str, loss: Loss) -> dict[str, Estimate]:
    """Regions that lose more than must be passed, the hardest hit first."""
    regions = {
        region: estimate_of(results.differences[pair], loss.measure, by="region", key=region)
        for region in REGION_MAPS[results.scenario.regions]
    }
    least = results.scenario.measures.least(loss.measure) or 0.0
    hit = {
        region: estimate
        for region, estimate in regions.items()
        if estimate.is_sure and loss.sign * estimate.mean > least
    }
    return dict(sorted(hit.items(), key=lambda item: -abs(item[1].mean)))
