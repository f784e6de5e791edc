"""A paper as Markdown, HTML and JSON. No text of it is ever markup, whatever it says."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from html import escape

from core.model.papers import Blanks, Code, Heading, Items, Lines, Paper, Part, Table, Text

_PUNCTUATION = "\\`*_{}[]<>()#|~&!$"
_STYLE = """\
body { font-family: sans-serif; color: black; background: white; }
code { font-family: monospace; } th { text-align: left; background-color: #eef1f5; }
a { color: black; text-decoration: none; }
table.facts, table.blanks { border-collapse: collapse; }
table.facts td, table.facts th { border: 1px solid #7a8594; padding: 3px; }
table.blanks td { border-bottom: 1px solid black; padding-top: 18px; }
"""
Picture = Callable[[str], str]


def as_json(paper: Paper) -> bytes:
    """The paper's source: what the other forms name the SHA-256 of."""
    told = asdict(paper)
    told["parts"] = [{"part": type(part).__name__.casefold(), **asdict(part)} for part in paper.parts]
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=True).encode("ascii") + b"\n"


def source(paper: Paper) -> str:
    """The line with the SHA-256 of `as_json`."""
    return paper.source.format(sha256=hashlib.sha256(as_json(paper)).hexdigest())


def _seen(text: str) -> str:
    """What a reader sees: controls and marks that turn the direction of what follows are replaced."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def headings(paper: Paper) -> tuple[Heading, ...]:
    """What a table of contents lists, in order; the first is number 0."""
    return tuple(part for part in paper.parts if isinstance(part, Heading))


# --- Markdown -------------------------------------------------------------------------------------


def markdown(paper: Paper) -> bytes:
    """CommonMark with tables, for people and for version control."""
    blocks = [f"# {_plain(paper.title)}", _plain(paper.subtitle)]
    blocks += [f"**{_plain(mark)}**" for mark in paper.marks]
    if paper.contents:
        listed = [f"{'  ' * (each.level - 1)}- {_plain(each.text)}" for each in headings(paper)]
        blocks += [f"## {_plain(paper.contents)}", "\n".join(listed)]
    blocks += [_marked(part) for part in paper.parts]
    blocks += ["---", *(_plain(line) for line in (*paper.foot, source(paper)))]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _plain(text: str) -> str:
    """A text on one line, with every mark of Markdown and HTML taken literally."""
    line = _seen(" ".join(text.split()))
    escaped = "".join(f"\\{each}" if each in _PUNCTUATION else each for each in line)
    first, dot, rest = escaped.partition(".")
    if dot and first.isdecimal():  # "1." would begin a list
        return f"{first}\\.{rest}"
    return f"\\{escaped}" if escaped[:1] in ("-", "+", "=") else escaped


def _fixed(lines: tuple[str, ...]) -> str:
    """An indented block: there is no fence that a line could close."""
    return "\n".join(f"    {_seen(line)}" for line in lines)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _rows(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    width = max((len(row) for row in (head, *rows)), default=0)
    top = head or ("",) * width
    return "\n".join([_row(top), f"|{' --- |' * width}", *(_row(row) for row in rows)])


def _marked(part: Part) -> str:
    match part:
        case Heading():
            return f"{'#' * (part.level + 1)} {_plain(part.text)}"
        case Text():
            return f"**{_plain(part.text)}**" if part.strong else _plain(part.text)
        case Items():
            return "\n".join(
                f"{f'{at}.' if part.numbered else '-'} {_plain(each)}" for at, each in _counted(part.items)
            )
        case Table():
            return _rows(part.head, part.rows)
        case Lines():
            return _fixed(part.lines)
        case Code():
            return f"{_plain(part.caption)}\n\n{_fixed(tuple(part.text.splitlines()))}"
        case Blanks():
            return _rows(("", *part.columns), tuple((row, *("",) * len(part.columns)) for row in part.rows))


def _counted(items: tuple[str, ...]) -> list[tuple[int, str]]:
    return list(enumerate(items, 1))


# --- HTML -----------------------------------------------------------------------------------------


def html(paper: Paper, picture: Picture, pages: Mapping[int, int] | None = None) -> str:
    """One file without scripts or anything to fetch; also the little HTML that Qt lays out.

    `picture` makes the address of a QR code's image. `pages` has the page of each heading, for the contents of a PDF,
    which has its marks and its foot on every page.
    """
    body = [f"<h1>{_text(paper.title)}</h1>", f"<p>{_text(paper.subtitle)}</p>"]
    body += [f"<p><b>{_text(mark)}</b></p>" for mark in paper.marks]
    if paper.contents:
        body.append(f"<h2>{_text(paper.contents)}</h2>{_contents(paper, pages)}")
    number = 0
    for part in paper.parts:
        body.append(_tagged(part, picture, number))
        number += isinstance(part, Heading)
    if pages is None:
        body += ["<hr>", *(f"<p>{_text(line)}</p>" for line in (*paper.foot, source(paper)))]
    title = f'<meta charset="utf-8"><title>{_text(paper.title)}</title><style>{_STYLE}</style>'
    return f"<!DOCTYPE html>\n<html><head>{title}</head><body>\n" + "\n".join(body) + "\n</body></html>\n"


def _contents(paper: Paper, pages: Mapping[int, int] | None) -> str:
    rows = []
    for number, each in enumerate(headings(paper)):
        deep = "&nbsp;" * 4 * (each.level - 1)
        page = "" if pages is None else f'<td align="right">{pages.get(number, 0)}</td>'
        rows.append(f'<tr><td>{deep}<a href="#h{number}">{_text(each.text)}</a></td>{page}</tr>')
    return f'<table width="100%">{"".join(rows)}</table>'


def _tagged(part: Part, picture: Picture, number: int) -> str:
    match part:
        case Heading():
            return f'<h{part.level + 1}><a name="h{number}"></a>{_text(part.text)}</h{part.level + 1}>'
        case Text():
            return f'<p><a name="s"></a><b>{_text(part.text)}</b></p>' if part.strong else f"<p>{_text(part.text)}</p>"
        case Items():
            kind = "ol" if part.numbered else "ul"
            return f"<{kind}>{''.join(f'<li>{_text(each)}</li>' for each in part.items)}</{kind}>"
        case Table():
            head = f"<thead>{_cells('th', part.head)}</thead>" if part.head else ""
            rows = "".join(_cells("td", row) for row in part.rows)
            return f'<table class="facts" width="99%" cellspacing="0">{head}<tbody>{rows}</tbody></table>'
        case Lines():
            return f"<p><code>{'<br>'.join(_spaced(line) for line in part.lines)}</code></p>"
        case Code():
            return f'<p><img src="{picture(part.text)}" width="150" height="150"><br>{_text(part.caption)}</p>'
        case Blanks():
            head = _cells("th", ("", *part.columns))
            rows = "".join(_cells("td", (row, *("",) * len(part.columns))) for row in part.rows)
            return (
                f'<table class="blanks" width="100%" cellspacing="0"><thead>{head}</thead><tbody>{rows}</tbody></table>'
            )


def _cells(tag: str, cells: tuple[str, ...], width: int = 0) -> str:
    filled, wide = [_text(cell) or "&nbsp;" for cell in cells], f' width="{width}%"' if width else ""
    return f"<tr>{''.join(f'<{tag}{wide}>{cell}</{tag}>' for cell in filled)}</tr>"


def _text(text: str) -> str:
    return escape(_seen(text))


def _spaced(line: str) -> str:
    return _text(line).replace("  ", "&nbsp;&nbsp;")
