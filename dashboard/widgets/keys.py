"""Keys: what widgets and parts of a page are called, by the program and by its tests."""

from enum import StrEnum


class Key(StrEnum):
    """Keys of widgets, and of what a session keeps."""

    # What a session keeps
    STATE = "state"
    DRAFT = "draft"
    HISTORY = "history"
    LINKS = "links"
    FAULT = "fault"
    NOTICE = "notice"
    NOT_IN_LINK = "not-in-link"
    TYPED = "typed"
    BOXES = "boxes"
    MOVED = "moved"
    OPENED = "opened"
    # On every page
    LANGUAGE = "language"
    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    # Plan
    BASE = "base"
    OWN = "own"
    OWN_FIELD = "own-field"
    ESTIMATE = "estimate"
    PLACES_OF = "places-of"
    DESIGNS = "designs"
    ADD_DESIGN = "add-design"
    REPLICATIONS = "replications"
    AGAINST = "against"
    COMPARED = "compared"
    KEEP_NAME = "keep-name"
    KEEP = "keep"
    FORGET = "forget"
    RECALL = "recall"
    UNDO = "undo"
    RESET = "reset"
    SCENARIO_FILE = "scenario-file"
    DESIGN_SHOWN = "design-shown"
    # Compare
    COMPARED_AGAINST = "compared-against"
    COMPARED_DESIGNS = "compared-designs"
    REGION_MEASURE = "region-measure"
    # Whose estimate
    ESTIMATES_MEASURE = "estimates-measure"
    # One possible future
    FUTURE_DESIGN = "future-design"
    FUTURE_KIND = "future-kind"
    FUTURE_NUMBER = "future-number"
    FUTURE_DATE = "future-date"
    FUTURE_SPAN = "future-span"
    # Runs
    DESK = "desk"
    READING = "reading"
    UPLOADS = "uploads"
    UPLOAD = "upload"
    FROM_PLAN = "from-plan"
    NEW_SERIES = "new-series"
    FILE = "file"
    EDIT_FILE = "edit-file"
    FILE_DOWNLOAD = "file-download"
    REMOVE_FILE = "remove-file"
    REMOVE_FILES = "remove-files"
    EDITED = "edited"
    EDITOR_NAME = "editor-name"
    EDITOR_TEXT = "editor-text"
    EDITOR_SAVE = "editor-save"
    EDITOR_CLOSE = "editor-close"
    EDITOR_FAULT = "editor-fault"
    TABLE_BASE = "table-base"
    RUN_REPLICATIONS = "run-replications"
    RUN = "run"
    RUN_FAULT = "run-fault"
    CANCEL_JOB = "cancel-job"
    REMOVE_JOB = "remove-job"
    JOB_MEASURE = "job-measure"
    JOB_ORDER = "job-order"
    JOB_PAGE = "job-page"
    JOB_SCENARIO = "job-scenario"
    JOB_OPEN = "job-open"
    JOB_DOWNLOAD = "job-download"
    # Evidence
    EVIDENCE_PART = "evidence-part"
    EVIDENCE_TEXT = "evidence-text"
    EVIDENCE_PARAMETER = "evidence-parameter"
    EVIDENCE_WHO = "evidence-who"
    EVIDENCE_STEP = "evidence-step"
    EVIDENCE_PAGE = "evidence-page"
    EVIDENCE_CLEAR = "evidence-clear"
    EVIDENCE_DOWNLOAD = "evidence-download"
    PARAMETER_TEXT = "parameter-text"
    PARAMETER_BASIS = "parameter-basis"
    PARAMETER_DOWNLOAD = "parameter-download"
    CHECK_DRAWS = "check-draws"
    CHECK_LEARNT = "check-learnt"
    CHECK_RUN = "check-run"
    CHECKED = "checked"
    CHECKS_LEARNT = "checks-learnt"
    REFERRALS = "referrals"
    REFERRALS_COUNT = "referrals-count"
    REFERRALS_SHEET = "referrals-sheet"
    REFERRALS_FAULT = "referrals-fault"
    REFERRALS_REMOVE = "referrals-remove"
    REFERRALS_TEMPLATE = "referrals-template"
    REFERRALS_EXAMPLE = "referrals-example"
    REFERRALS_FIRST = "referrals-first"
    REFERRALS_LAST = "referrals-last"
    REFERRALS_PAYER = "referrals-payer"
    REFERRALS_SETTLE = "referrals-settle"
    SETTLE_DAYS = "settle-days"
    REFERRALS_WITHOUT = "referrals-without"
    LESSON = "lesson"
    LESSON_DOWNLOAD = "lesson-download"
    LESSON_USE = "lesson-use"


class Part(StrEnum):
    """Parts of a page that are drawn again by themselves."""

    ANSWER = "answer"
    BOARD = "board"
    JOBS = "jobs"
    JOB_RESULTS = "job-results"


def control_key(path: str) -> str:
    """Name the widget of a control.

    Parameters
    ----------
    path : str
        Of the word it changes.

    Returns
    -------
    str
        Key.
    """
    return f"control:{path}"


def typed_key(path: str) -> str:
    """Name the box beside the slider of a control.

    Parameters
    ----------
    path : str
        Of the word it changes.

    Returns
    -------
    str
        Key.
    """
    return f"typed:{path}"


def chart_key(name: str) -> str:
    """Name the widget of a chart.

    Parameters
    ----------
    name : str
        Of the chart, on its page.

    Returns
    -------
    str
        Key.
    """
    return f"chart:{name}"
