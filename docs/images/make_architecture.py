"""Draw docs/images/architecture.svg: boxes for packages, arrows for what crosses between them."""

from pathlib import Path

BOX = '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{fill}" stroke="{stroke}"/>'
TEXT = '<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{style}>{text}</text>'
SEA, CAMELLIA, PAPER, INK, GREY = "#0b3c5d", "#b3123f", "#f7f9fb", "#1c2833", "#5d6d7e"


def box(x: int, y: int, w: int, h: int, title: str, lines: list[str], fill: str = "white") -> str:
    """Return a titled box."""
    parts = [BOX.format(x=x, y=y, w=w, h=h, fill=fill, stroke=SEA)]
    parts.append(text(x + w / 2, y + 24, title, size=16, style=' font-weight="bold"'))
    parts += [text(x + w / 2, y + 46 + 18 * row, line, size=12, fill=GREY) for row, line in enumerate(lines)]
    return "\n".join(parts)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 12,
    anchor: str = "middle",
    fill: str = INK,
    style: str = "",
) -> str:
    """Return one line of text."""
    return TEXT.format(x=x, y=y, size=size, anchor=anchor, fill=fill, style=style, text=words)


def arrow(x1: int, y1: int, x2: int, y2: int, label: str, dx: int = 0, dy: int = -6) -> str:
    """Return an arrow with a label beside its middle."""
    ends = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
    line = f'<line {ends} stroke="{CAMELLIA}" stroke-width="1.8" marker-end="url(#tip)"/>'
    return line + "\n" + text((x1 + x2) / 2 + dx, (y1 + y2) / 2 + dy, label, size=11, fill=CAMELLIA)


def drawing() -> str:
    """Return the whole drawing as SVG."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 470" font-family="sans-serif">',
        '<defs><marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">',
        f'<path d="M0,0 L9,4 L0,8 z" fill="{CAMELLIA}"/></marker></defs>',
        f'<rect width="980" height="470" fill="{PAPER}"/>',
        box(20, 70, 130, 80, "clinic", ["asks, follows,", "confirms receipt"], "#fdeef2"),
        box(20, 250, 130, 80, "operator", ["approves, watches,", "intervenes"], "#fdeef2"),
        BOX.format(x=200, y=40, w=570, h=360, fill="none", stroke=GREY).replace(
            "/>", ' stroke-dasharray="6 5"/>'
        ),
        text(485, 30, "one service: tsubaki serve (api/wiring.py puts it together)", size=13, fill=GREY),
        box(220, 130, 140, 130, "api", ["FastAPI, keys, roles", "WebSocket, metrics", "console, CLI"]),
        box(
            415,
            130,
            150,
            130,
            "dispatch",
            ["requests, sorties", "assignment, energy", "events + outbox in", "one transaction"],
        ),
        box(615, 130, 140, 130, "flight", ["sans-IO MAVLink", "verified launch", "supervision"]),
        box(415, 310, 340, 70, "geofences", ["zones, corridors, router, certificate and its checker"]),
        box(415, 60, 150, 44, "database", [], "#eef4f8"),
        box(
            845,
            130,
            125,
            130,
            "vehicle",
            ["ArduPilot,", "ArduPilot SITL, or", "the built-in", "simulator"],
            "#eef4f8",
        ),
        arrow(150, 100, 220, 160, "request", dx=-14, dy=18),
        arrow(150, 290, 220, 235, "approve", dx=-14, dy=-10),
        arrow(360, 180, 415, 180, "calls"),
        arrow(415, 215, 360, 215, "events", dy=16),
        arrow(490, 130, 490, 104, "commit", dx=28, dy=4),
        arrow(565, 180, 615, 180, "Launch"),
        arrow(615, 215, 565, 215, "events", dy=16),
        arrow(755, 180, 845, 180, "MAVLink 2", dx=6),
        arrow(845, 215, 755, 215, "UDP", dx=6, dy=16),
        arrow(490, 260, 490, 310, "plan, verify", dx=42),
        arrow(685, 260, 685, 310, "compile", dx=30),
        text(
            485,
            440,
            "Imports point one way: api → dispatch → flight → geofences. The simulator knows geofences only:",
            size=13,
        ),
        text(485, 458, "it judges flight from outside, over the same wire as a real aircraft.", size=13),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("architecture.svg").write_text(drawing(), encoding="utf-8")
