"""What a scenario may say.

Takes a file in YAML 1.2, a text or plain values, whoever wrote them. Gives a `Scenario`: every word with its
value, in human units, frozen, and the same whichever way it came; or a `ScenarioError` with everything that
is wrong, each fault with where, what is allowed, what we got and what to do. Also saves scenarios, names
their content by a hash, changes words by their paths, describes the words as a JSON Schema, and says what
each number rests on. Leaves out what the words mean for the women (`sim.cohort`) and for the pools
(`sim.design`): a design here is as it was written, not yet pools; an estimate of a later step
(`demand.view`) is not yet turned into need.
"""

from sim.faults import Fault, ScenarioError
from sim.scenario.fields import PLACES, fields_of, in_field
from sim.scenario.file.beside import COLUMNS as TODAY_COLUMNS
from sim.scenario.file.checking import scenario_from
from sim.scenario.file.hashing import content_hash, content_text, scenario_hash
from sim.scenario.file.writing import scenario_text, scenario_values
from sim.scenario.loading import find_scenario, load_cases, load_scenario, read_scenario, save_scenario
from sim.scenario.parameters import PARAMETER_PATHS, Parameter, load_parameters, parameter_of, price_years
from sim.scenario.paths import with_values
from sim.scenario.ready import ready_scenarios
from sim.scenario.schema import scenario_schema
from sim.scenario.sweeps import Case, Cases, named_after, renamed
from sim.scenario.varying import Variation
from sim.scenario.views import View, load_views
from sim.scenario.words.demand import Acceptance, AskedAgain, Awareness, Demand, Household, OfferedShare, Stay, Waiting
from sim.scenario.words.designs import (
    DESIGNS,
    DISCIPLINES,
    AnyDesign,
    ByRegionDesign,
    BySiteDesign,
    Design,
    FlexibleByRegion,
    FlexibleBySite,
    PilotDesign,
    PoolsDesign,
    SharedDesign,
    UnitsDesign,
)
from sim.scenario.words.distributions import (
    DISTRIBUTIONS,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Never,
    Normal,
    Triangular,
    Uniform,
    Weibull,
)
from sim.scenario.words.doubt import Doubt, OwnRange
from sim.scenario.words.economics import FINANCINGS, PAYERS, Economics, PayerShares, Refund, payers_of
from sim.scenario.words.fields import AccessField, BudgetField, Fields
from sim.scenario.words.financing import (
    AGREEMENTS,
    Abonnement,
    Agreement,
    AnyRule,
    CarriedTariff,
    Delt,
    Key,
    Objektiv,
    Solidarisk,
    Takst,
    Tariff,
)
from sim.scenario.words.rules import Slug
from sim.scenario.words.scenario import LEAST_DIFFERENCES, MeasureWords, Precision, Scenario, Title
from sim.scenario.words.supply import External, Flexible, PlanStep, Pool, PoolFlexible, RampUp
from sim.scenario.words.today import ELSEWHERE, TodayWoman
from sim.scenario.words.travel import Travel

__all__ = [
    "AGREEMENTS",
    "DESIGNS",
    "DISCIPLINES",
    "DISTRIBUTIONS",
    "ELSEWHERE",
    "FINANCINGS",
    "LEAST_DIFFERENCES",
    "PARAMETER_PATHS",
    "PAYERS",
    "PLACES",
    "TODAY_COLUMNS",
    "Abonnement",
    "Acceptance",
    "AccessField",
    "Agreement",
    "AnyDesign",
    "AnyRule",
    "AskedAgain",
    "Awareness",
    "BudgetField",
    "ByRegionDesign",
    "BySiteDesign",
    "CarriedTariff",
    "Case",
    "Cases",
    "Constant",
    "Delt",
    "Demand",
    "Design",
    "Distribution",
    "Doubt",
    "Economics",
    "Empirical",
    "Exponential",
    "External",
    "Fault",
    "Fields",
    "Flexible",
    "FlexibleByRegion",
    "FlexibleBySite",
    "Gamma",
    "Household",
    "Key",
    "Lognormal",
    "MeasureWords",
    "Never",
    "Normal",
    "Objektiv",
    "OfferedShare",
    "OwnRange",
    "Parameter",
    "PayerShares",
    "PilotDesign",
    "PlanStep",
    "Pool",
    "PoolFlexible",
    "PoolsDesign",
    "Precision",
    "RampUp",
    "Refund",
    "Scenario",
    "ScenarioError",
    "SharedDesign",
    "Slug",
    "Solidarisk",
    "Stay",
    "Takst",
    "Tariff",
    "Title",
    "TodayWoman",
    "Travel",
    "Triangular",
    "Uniform",
    "UnitsDesign",
    "Variation",
    "View",
    "Waiting",
    "Weibull",
    "content_hash",
    "content_text",
    "fields_of",
    "find_scenario",
    "in_field",
    "load_cases",
    "load_parameters",
    "load_scenario",
    "load_views",
    "named_after",
    "parameter_of",
    "payers_of",
    "price_years",
    "read_scenario",
    "ready_scenarios",
    "renamed",
    "save_scenario",
    "scenario_from",
    "scenario_hash",
    "scenario_schema",
    "scenario_text",
    "scenario_values",
    "with_values",
]
