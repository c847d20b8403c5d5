"""What happens in flight, in words: for operators, and for residents who wait for a parcel.

The Japanese says in one breath why and what, for example 強風のため引き返しています.
"""

from collections.abc import Mapping

from dispatch.values import Words
from flight.situations import Action, Situation
from geofences.values import Site

CONTINGENCY = "contingency:"
"""Begins the ``by`` of an action that the table of contingencies chose; the situation follows."""

ACTIONS: Mapping[Action, Words] = {
    Action.CONTINUE: Words("fly on", "飛行継続"),
    Action.HOLD: Words("hold", "空中待機"),
    Action.RESUME: Words("resume", "飛行再開"),
    Action.RETURN: Words("turn back", "引き返し"),
    Action.DIVERT: Words("divert", "代替着陸"),
    Action.LAND: Words("land", "着陸"),
    Action.TERMINATE: Words("stop its motors", "モーター停止"),
}
"""What a drone is told to do."""

CHECKS: Mapping[str, Words] = {
    "link": Words("link", "通信"),
    "position": Words("position", "測位"),
    "home": Words("home", "出発位置"),
    "battery": Words("battery", "電池"),
    "fence": Words("fence", "飛行範囲"),
    "parameters": Words("parameters", "機体設定"),
    "arming": Words("self-check", "機体の自己点検"),
    "wind": Words("wind", "風"),
    "airspace": Words("airspace", "空域情報"),
    "firmware": Words("firmware", "機体ソフト"),
    "board": Words("board", "機体番号"),
    "signing": Words("signing", "通信の署名"),
}
"""What the preflight looks at, by the names of its checks."""

_DOING: Mapping[Action, Words] = {
    Action.CONTINUE: Words("flying on as planned", "予定どおり飛行を続けています"),
    Action.HOLD: Words("waiting in the air", "上空で待機しています"),
    Action.RESUME: Words("flying on", "飛行を再開しました"),
    Action.RETURN: Words("turning back", "引き返しています"),
    Action.DIVERT: Words("flying to {site} instead", "{site}へ向かっています"),
    Action.LAND: Words("landing where it is", "その場に着陸しています"),
    Action.TERMINATE: Words("its motors were stopped", "モーターを停止しました"),
}

_BECAUSE: Mapping[Situation, Words] = {
    Situation.LINK_LOST: Words("because its link was lost", "通信が途切れたため"),
    Situation.OFF_TRACK: Words("because it left its lane", "航路から外れたため"),
    Situation.OFF_HEIGHT: Words("because it left its height", "飛行高度から外れたため"),
    Situation.BEHIND_SCHEDULE: Words("because it is late", "予定より遅れているため"),
    Situation.ENERGY_SHORT: Words("because its battery is too low to go on", "電池の残りが足りないため"),
    Situation.ENERGY_CRITICAL: Words("because its battery is nearly empty", "電池の残りがわずかなため"),
    Situation.FENCE_BREACHED: Words("because it left the permitted area", "飛行できる範囲から出たため"),
    Situation.POSITION_LOST: Words("because it does not know where it is", "位置がわからなくなったため"),
    Situation.FORCED_DOWN: Words("because it can find its way again", "位置がわかるようになったため"),
    Situation.WIND_TOO_STRONG: Words("because of strong wind", "強風のため"),
    Situation.MODE_CHANGED: Words("because somebody else steered it", "ほかから操作されたため"),
    Situation.PLAN_CHANGED: Words("because its plan was changed", "機体の飛行計画が変わったため"),
    Situation.PAD_NOT_CLEAR: Words(
        "because nobody said that the pad is clear", "着陸場の確認がとれなかったため"
    ),
    Situation.TRAFFIC: Words("because another drone is near", "別の機体が近いため"),
}

_ALERTS: Mapping[Situation, Words] = {
    Situation.LINK_LOST: Words("nothing is heard of the drone", "機体からの通信がありません"),
    Situation.OFF_TRACK: Words("off its lane", "航路から外れています"),
    Situation.OFF_HEIGHT: Words("off its height", "予定の高度から外れています"),
    Situation.BEHIND_SCHEDULE: Words("behind schedule", "予定より遅れています"),
    Situation.ENERGY_SHORT: Words("battery too low to go on", "電池が足りず、予定どおりには飛べません"),
    Situation.ENERGY_CRITICAL: Words("battery too low to come home", "電池が足りず、基地に戻れません"),
    Situation.FENCE_BREACHED: Words("outside the permitted area", "飛行できる範囲の外にいます"),
    Situation.POSITION_LOST: Words("its position is not known", "位置がわかりません"),
    Situation.FORCED_DOWN: Words(
        "landing where it is, though it knows its position again",
        "位置は戻りましたが、その場に降下しています",
    ),
    Situation.WIND_TOO_STRONG: Words("the wind is too strong", "風が強すぎます"),
    Situation.MODE_CHANGED: Words("somebody else steers it", "ほかから操作されています"),
    Situation.PLAN_CHANGED: Words("another plan is on board", "機体の飛行計画が変わっています"),
    Situation.PAD_NOT_CLEAR: Words("nobody has said that the pad is clear", "着陸場の確認がとれていません"),
    Situation.TRAFFIC: Words("another drone is near", "別の機体が近くにいます"),
}

_FIGURES: Mapping[Situation, Words] = {
    Situation.ENERGY_SHORT: Words(
        "would use {value} of the reserve, limit {limit}", "予備から {value} 使う見込み、限度 {limit}"
    ),
    Situation.ENERGY_CRITICAL: Words("{value} are missing", "{value} 不足"),
    Situation.FENCE_BREACHED: Words("by {value}", "{value} 外側"),
}
"""Where a figure is how much is missing; elsewhere it stands beside its limit."""

_BESIDE_LIMIT = Words("{value}, limit {limit}", "{value}、限度 {limit}")

_WITHOUT_FIGURES = frozenset(
    {Situation.FORCED_DOWN, Situation.MODE_CHANGED, Situation.PLAN_CHANGED, Situation.PAD_NOT_CLEAR}
)
"""Their seconds and items tell a reader nothing."""


def acting(action: Action, by: str, site: Site | None) -> Words:
    """Say what a drone does off its plan, and why: the situation, or that a person said so."""
    doing, because = _DOING[action], why(by)
    place = Words("its divert site", "代替着陸地") if site is None else Words(site.name_en, site.name_ja)
    en, ja = doing.en.format(site=place.en), doing.ja.format(site=place.ja)
    return Words(f"{en} {because.en}", f"{because.ja}{ja}")


def refused(action: Action, reason: str) -> Words:
    """Say that the drone was told something and flies on."""
    what = ACTIONS[action]
    return Words(f"did not {what.en} when told to: {reason}", f"{what.ja}の指示に従いませんでした({reason})")


def alert(situation: Situation, value: float, limit: float, unit: str) -> Words:
    """Say what is out of the ordinary, with its figures where there are any."""
    said = _ALERTS[situation]
    if not unit or situation in _WITHOUT_FIGURES:
        return said
    shown = _FIGURES.get(situation, _BESIDE_LIMIT)
    if situation in _FIGURES:
        value, limit = abs(value), abs(limit)
    value_text, limit_text = _figure(value, unit), _figure(limit, unit)
    unit_ja = "秒" if unit == "s" else unit
    en = shown.en.format(value=f"{value_text} {unit}", limit=f"{limit_text} {unit}")
    ja = shown.ja.format(value=f"{value_text} {unit_ja}", limit=f"{limit_text} {unit_ja}")
    return Words(f"{said.en} ({en})", f"{said.ja}({ja})")


def check_name(name: str) -> Words:
    """Return what a preflight check looks at; its own name where that is not known."""
    return CHECKS.get(name, Words(name, name))


def why(by: str) -> Words:
    """Say why a drone left its plan: because of a situation, or because a person said so."""
    if not by.startswith(CONTINGENCY):
        return Words(f"on the word of {by}", f"{by}の指示で")
    return _BECAUSE[Situation(by.removeprefix(CONTINGENCY).lower())]


def _figure(value: float, unit: str) -> str:
    return f"{value:.0f}" if unit == "s" or abs(value) >= 100 else f"{value:.3g}"
