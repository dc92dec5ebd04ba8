"""Tables of words: a line each, which become lists on a narrow screen."""

import html
from collections.abc import Sequence


def build_line_table(label: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Write a table of words."""
    columns = "".join(f'<th scope="col">{html.escape(word)}</th>' for word in head)
    body = "".join(_line(head, line) for line in lines)
    return (
        f'<div class="dp-scroll" tabindex="0" role="region" aria-label="{html.escape(label)}">'
        f'<table class="dp-lines"><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _line(head: Sequence[str], line: Sequence[str]) -> str:
    cells = "".join(
        f'<td data-label="{html.escape(word)}">{html.escape(cell)}</td>'
        for word, cell in zip(head[1:], line[1:], strict=True)
    )
    return f'<tr><th scope="row">{html.escape(line[0])}</th>{cells}</tr>'
