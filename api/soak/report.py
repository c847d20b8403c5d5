"""The report of a campaign: one HTML file that needs nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from api.soak.campaign import Campaign
from api.soak.flight_end import FlightEnd
from api.soak.outcome import Outcome
from api.soak.summary import summary_of

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --bad: #c62828; --good: #2e7d32; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #81c784; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
.bad { color: var(--bad); font-weight: 600; } .good { color: var(--good); }
"""


def report_html(campaign: Campaign, outcomes: Sequence[Outcome]) -> str:
    """Return the whole page."""
    parts = (
        _head(outcomes),
        _failures(campaign, outcomes),
        _by_fault(outcomes),
        _flights(outcomes),
        _excused(outcomes),
        _seeds(outcomes),
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Soak</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _head(outcomes: Sequence[Outcome]) -> str:
    total = summary_of(outcomes)
    verdict = (
        f'<span class="bad">{total.failures} of {total.seeds} seeds broke a rule</span>'
        if total.failures
        else f'<span class="good">all {total.seeds} seeds kept every rule</span>'
    )
    return (
        f"<h1>Soak: {verdict}</h1><p>{total.deliveries} deliveries of {total.requests} requests, "
        f"{total.faults.total()} faults injected, {total.simulated_hours:.1f} simulated hours "
        f"in {total.cpu_s:.0f} processor seconds.</p>"
    )


def _failures(campaign: Campaign, outcomes: Iterable[Outcome]) -> str:
    rows = [
        (
            _number(each.seed),
            "".join(f"<pre>{escape(failure)}</pre>" for failure in each.failures),
            f"<pre>{escape(campaign.repeat_command(each.seed))}</pre>",
        )
        for each in outcomes
        if each.failures
    ]
    return _table("Failures", ("seed", "what broke", "repeat with"), rows) if rows else ""


def _by_fault(outcomes: Iterable[Outcome]) -> str:
    """Return a table of endings by kind of fault; a seed with several kinds counts for each."""
    seeds: Counter[str] = Counter()
    injected: Counter[str] = Counter()
    endings: dict[str, Counter[str]] = {}
    for each in outcomes:
        injected += each.faults
        for kind in each.faults or ("none",):
            seeds[kind] += 1
            endings.setdefault(kind, Counter()).update(each.endings)
    rows = [
        (kind, _number(seeds[kind]), _number(injected[kind]), _counts(endings[kind]))
        for kind in sorted(endings)
    ]
    return _table("Endings by kind of fault", ("fault", "seeds", "injected", "requests ended"), rows)


def _flights(outcomes: Sequence[Outcome]) -> str:
    """Return a table of flights by kind of fault; a flight with several kinds counts for each."""
    by_kind = summary_of(outcomes).flights_by_kind()
    ends = [str(end) for end in FlightEnd]
    rows = [(kind, *(_number(counts[end]) for end in ends)) for kind, counts in by_kind.items()]
    return _table("How the flights ended, by kind of fault", ("fault", *ends), rows)


def _excused(outcomes: Iterable[Outcome]) -> str:
    rows = [(_number(each.seed), escape(text)) for each in outcomes for text in each.excused]
    return (
        _table("Explained by a fault", ("seed", "what, and why it counts as no failure"), rows)
        if rows
        else ""
    )


def _seeds(outcomes: Iterable[Outcome]) -> str:
    rows = [
        (
            _number(each.seed),
            '<span class="bad">broke a rule</span>' if each.failures else '<span class="good">good</span>',
            _counts(each.endings),
            _counts(each.faults),
            f'<span title="SHA-256 of the event log">{each.log_hash[:12]}</span>',
            _number(round(each.simulated_s / 60)),
            _number(round(each.cpu_s, 1)),
        )
        for each in outcomes
    ]
    headings = ("seed", "verdict", "requests ended", "faults", "event log", "simulated min", "CPU s")
    return _table("Seeds", headings, rows)


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _counts(counts: Counter[str]) -> str:
    return escape(", ".join(f"{count} {name}" for name, count in sorted(counts.items()))) or "–"


def _number(value: float) -> str:
    return f"{value:g}"
