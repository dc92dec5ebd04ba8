"""What each municipality pays for the places, design by design."""

from sim.financing import rule_sentence
from sim.looks.bills import ScenarioBills, area_bills
from sim.report.content import ReportCell, ReportRow, ReportTable
from sim.texts import Texts, design_label

_THOUSAND = 1000.0


def bills_table(found: ScenarioBills, texts: Texts) -> ReportTable | None:
    """Set the bills of the designs beside each other, a row a municipality; none where municipalities pay nothing."""
    bills = {name: area_bills(own, found.scenario, "municipality") for name, own in found.designs.items()}
    if not any(row.bill for rows in bills.values() for row in rows):
        return None
    unit = texts("report.in_prices", unit=texts("report.thousand_dkk"), year=found.scenario.economics.price_year)
    rows = [
        ReportRow(areas[0].area, unit, tuple(_amount(area.bill, texts) for area in areas))
        for areas in zip(*bills.values(), strict=True)
    ]
    rules = []
    for name, own in found.designs.items():
        rule = rule_sentence(own.financing, own.price_dkk, texts, has_units=bool(own.cooperations))
        rules.append(texts("report.in_field", field=design_label(name, texts), said=rule))
    labels = tuple(design_label(name, texts) for name in bills)
    title, corner = texts("report.bills"), texts("common.level.municipality")
    return ReportTable("bills", title, corner, labels, tuple(rows), (texts("report.bills_note"), *rules))


def _amount(amount_dkk: float, texts: Texts) -> ReportCell:
    return ReportCell(texts.number(amount_dkk / _THOUSAND), amount_dkk / _THOUSAND, number_format="#,##0")
