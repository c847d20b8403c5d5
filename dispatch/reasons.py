"""Why something waits, failed or was not chosen: the sentences that people read, in both languages.

Kept in one place so that they sound alike. The Japanese is for clinic staff: short and plain.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from dispatch.errors import JST
from dispatch.values import Drone, DroneType, TemperatureClass, Words
from geofences.remedies import Sentence
from geofences.values import Site

_TEMPERATURE_JA = {
    TemperatureClass.AMBIENT: "常温",
    TemperatureClass.COLD: "冷蔵(2~8℃)",
    TemperatureClass.FROZEN: "冷凍(-20℃以下)",
}


def joined(parts: Iterable[Words]) -> Words:
    """Return several sentences as one text."""
    all_parts = list(parts)
    return Words("; ".join(part.en for part in all_parts), "。".join(part.ja for part in all_parts))


def about(drone_id: str, words: Words) -> Words:
    """Return the sentence with the drone that it is about."""
    return Words(f"{drone_id}: {words.en}", f"{drone_id}: {words.ja}")


def too_heavy(mass_kg: float, drone_type: DroneType) -> Words:
    """Say that the goods are heavier than the type may carry."""
    limit_kg = drone_type.payload_limit_kg
    return Words(
        f"{mass_kg:g} kg is more than the {limit_kg:g} kg it may carry",
        f"荷物({mass_kg:g} kg)が積載上限({limit_kg:g} kg)を超えています",
    )


def no_box(temperature: TemperatureClass) -> Words:
    """Say that the type has no box for this temperature class."""
    return Words(f"it has no box for {temperature} goods", f"{_TEMPERATURE_JA[temperature]}の箱を積めません")


def based_elsewhere(drone: Drone, pad_site_id: str) -> Words:
    """Say that the drone does not stand where the goods are."""
    return Words(
        f"it is based at {drone.base_site_id}, and the goods leave from {pad_site_id}",
        f"配備場所({drone.base_site_id})が出発地({pad_site_id})と違います",
    )


def busy(sortie_id: str) -> Words:
    """Say that the drone has another sortie."""
    return Words(f"it is busy with sortie {sortie_id}", f"別の飛行({sortie_id})に使われています")


def not_heard() -> Words:
    """Say that the drone has not been heard since the service started."""
    return Words("it has not been heard yet", "まだ通信がありません")


def link_lost() -> Words:
    """Say that the drone was heard, and is not heard any more."""
    return Words("its link is lost", "通信が切れています")


def battery_unknown() -> Words:
    """Say that the drone has not told the state of its battery."""
    return Words("the charge of its battery is not known", "電池の残量がわかりません")


def too_little_energy(needed_wh: float, usable_wh: float, available_wh: float) -> Words:
    """Say that the sortie needs more energy than may be planned with."""
    return Words(
        f"the flight needs {needed_wh:.0f} Wh and only {usable_wh:.0f} Wh of {available_wh:.0f} Wh "
        "may be used (30 % stay in reserve)",
        f"必要な電力 {needed_wh:.0f} Wh に対し、使えるのは {usable_wh:.0f} Wh です"
        f"(残量 {available_wh:.0f} Wh、30 %は予備)",
    )


def arrives_later(arrives_at: datetime, chosen_id: str) -> Words:
    """Say that the drone could fly, but another is there first."""
    clock = arrives_at.astimezone(JST).strftime("%H:%M:%S")
    return Words(
        f"it would arrive at {clock} JST, later than {chosen_id}", f"到着({clock})が{chosen_id}より遅いです"
    )


def no_route(reason: str, blocking_zones: Sequence[str]) -> Words:
    """Say that no flyable way leads there."""
    zones = ", ".join(blocking_zones)
    blocked_en = f", blocked by {zones}" if zones else ""
    blocked_ja = f"(禁止区域: {zones})" if zones else ""
    return Words(f"there is no route: {reason}{blocked_en}", f"飛べる経路がありません{blocked_ja}")


def not_provable(problem: str) -> Words:
    """Say that a plan was made, but its proof or its translation for the aircraft failed."""
    return Words(
        f"the plan could not be proved safe: {problem}", f"飛行計画の安全を確認できません: {problem}"
    )


def no_fleet() -> Words:
    """Say that no drone is registered."""
    return Words("no drone is registered", "登録された機体がありません")


def gave_way(request_id: str) -> Words:
    """Say that a more urgent request took the drone."""
    return Words(
        f"gave way to the more urgent request {request_id}", f"より急ぐ依頼({request_id})を優先しました"
    )


def plan_too_old() -> Words:
    """Say that the plan was not started within the time that it was proved for."""
    return Words(
        "the plan was not started in time; a new one is made", "計画の有効時間が過ぎたため、作り直します"
    )


def airspace_changed() -> Words:
    """Say that the airspace is not the one that the plan was proved in."""
    return Words(
        "the airspace has changed; a new plan is made", "飛行区域の情報が変わったため、計画を作り直します"
    )


def waits_for_loading() -> Words:
    """Say that approved, but nobody has confirmed that the goods are on board."""
    return Words("waits until the goods are loaded", "荷物の積み込み確認を待っています")


def corridor_reserved(sortie_id: str) -> Words:
    """Say that another sortie flies where this one would."""
    return Words(
        f"waits until sortie {sortie_id} has left the shared corridor",
        f"先の飛行({sortie_id})が航路を使い終わるまで待ちます",
    )


def air_reserved(sortie_id: str, free_from: datetime) -> Words:
    """Say that another sortie flies where this one would, until a time."""
    clock = _clock(free_from)
    return Words(
        f"waits for sortie {sortie_id}, which flies where it would; free from about {clock} JST",
        f"先の飛行({sortie_id})と重なるため、{clock}ごろまで待ちます",
    )


def may_come_back(sortie_id: str) -> Words:
    """Say that another sortie could still come home early into this one's take-off."""
    return Words(
        f"waits until sortie {sortie_id} is so far out that it could not come home into the take-off",
        f"先の飛行({sortie_id})が急に引き返しても離陸と重ならなくなるまで待ちます",
    )


def watch_both(sortie_id: str) -> Words:
    """Say that a drone that is called back could meet another, which nothing keeps apart any more."""
    return Words(
        f"called back while sortie {sortie_id} is in the air: watch both until one has landed",
        f"飛行({sortie_id})も飛行中です。どちらかが着陸するまで両方を見守ってください",
    )


def launch_stopped(sortie_id: str) -> Words:
    """Say that a launch took too long, or another left its plan, while both need the same air."""
    return Words(
        f"the launch was stopped: sortie {sortie_id} may need this air by now; a new plan is made",
        f"先の飛行({sortie_id})と重なるおそれがあるため離陸を止め、計画を作り直します",
    )


def told(sentences: Iterable[Sentence]) -> Words:
    """Return what a planner explains as one text."""
    all_sentences = list(sentences)
    return Words(" ".join(each.en for each in all_sentences), "".join(each.ja for each in all_sentences))


def launch_failed(stage: str, reason: str) -> Words:
    """Say that the launch ended before take-off."""
    return Words(f"the launch failed at {stage}: {reason}", f"離陸前の確認で中止しました({stage}: {reason})")


def preflight_failed(reason: str, checks: Sequence[Words]) -> Words:
    """Say which checks ended the launch before take-off."""
    named = "、".join(each.ja for each in checks)
    return Words(f"the preflight ended the launch: {reason}", f"離陸前の点検で中止しました(不合格: {named})")


def upload_failed(stage: str, reason: str) -> Words:
    """Say that the plan is not on board; nothing was armed."""
    return Words(
        f"the plan could not be put on board at {stage}: {reason}",
        f"飛行計画を機体に送れませんでした({stage}: {reason})",
    )


def tried_again(attempt: int) -> Words:
    """Say that a restart cut the launch short."""
    return Words(
        f"a restart cut the launch short before take-off; attempt {attempt} follows",
        f"再起動で離陸準備が中断したため、{attempt}回目を行います",
    )


def foreign_plan(expected: str, found: str) -> Words:
    """Say that what is on board is not what was planned."""
    return Words(
        f"the plan on board ({found[:12]}) is not the one approved ({expected[:12]})",
        "機体の飛行計画が承認したものと一致しません",
    )


def adoption_failed(reason: str) -> Words:
    """Say that after a restart the flight could not be recognised."""
    return Words(
        f"the flight could not be taken up again: {reason}; an operator must look",
        f"飛行を引き継げませんでした({reason})。運航者の確認が必要です",
    )


def turned_back(reason: str) -> Words:
    """Say that the drone left its mission for the way home before the delivery."""
    return Words(f"turned back before the delivery: {reason}", f"配達の前に引き返しました({reason})")


def not_delivered(because: Words | None) -> Words:
    """Say that the drone is home and still has the parcel, and why where that is known."""
    home = Words("the drone came home with the parcel", "荷物を届けられず、基地に戻りました")
    if because is None:
        return home
    return Words(f"{home.en} {because.en}", f"{because.ja}{home.ja}")


def overdue(due_at: datetime) -> Words:
    """Say that the drone is silent, and should have landed long ago."""
    clock = _clock(due_at)
    return Words(
        f"the drone is not heard and was due back at {clock} JST: it must be looked for",
        f"機体と通信できず、帰着予定({clock})を大きく過ぎています。捜索が必要です",
    )


def late(due_at: datetime) -> Words:
    """Say that the drone is heard, and should have landed long ago."""
    clock = _clock(due_at)
    return Words(
        f"the drone was due back at {clock} JST and has not ended its flight: an operator must look",
        f"帰着予定({clock})を大きく過ぎても飛行が終わっていません。運航者の確認が必要です",
    )


def heard_again() -> Words:
    """Say that a drone that was given up is heard again."""
    return Words("the drone is heard again", "機体との通信が戻りました")


def landed_at_site(site: Site) -> Words:
    """Say that the drone landed at the divert site of its flight."""
    return Words(
        f"the drone landed at {site.name_en}, its divert site: it must be fetched",
        f"機体は代替着陸地の{site.name_ja}に着陸しました。回収が必要です",
    )


def landed_away(distance_m: float) -> Words:
    """Say that the drone landed somewhere else."""
    return Words(
        f"the drone landed {distance_m:.0f} m from its base: it must be fetched",
        f"機体が基地から {distance_m:.0f} m 離れた所に着陸しました。回収が必要です",
    )


def seen_only_later() -> Words:
    """Say that a state was passed while nobody watched."""
    return Words("passed unseen; concluded from what came after", "記録の間に通過しました")


def seized() -> Words:
    """Say that control was taken for an order that nobody may be kept from."""
    return Words("taken over to bring the drone down or home", "機体を戻す(降ろす)ため操作を引き継ぎました")


def order_expired(by: str) -> Words:
    """Say that an order could not go out in time, and why it does not any more."""
    return Words(
        f"an order of {by} could not be sent in time and was dropped: give it again if it still makes sense",
        f"{by} の指示は送信できないまま時間が過ぎたため取り消しました。必要ならもう一度指示してください",
    )


def preflight_waits(failures: Sequence[tuple[Words, str]]) -> Words:
    """Say that checks before launch failed which an operator may override, and what each one found."""
    en, ja = ("; ".join(f"{name}: {text}" for name, text in named) for named in _in_both(failures))
    return Words(f"the preflight needs an operator: {en}", f"離陸前点検に運航者の判断が必要です({ja})")


def unknown_flight(items: int | None) -> Words:
    """Say that a drone flies something that was not ordered here."""
    plan = "a plan that could not be read" if items is None else f"a plan of {items} items"
    plan_ja = "計画を読み取れません" if items is None else f"計画の項目数は {items} です"
    return Words(
        f"the drone flies {plan}, which was not ordered here: it is watched and not commanded",
        f"この機体は当システムの指示によらず飛行しています({plan_ja})。監視のみ行い、操作はしません",
    )


def in_words_of(text: str) -> Words:
    """Return what a person gave as a reason, in that person's own words."""
    return Words(text, text)


def _in_both(told: Sequence[tuple[Words, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return [(name.en, text) for name, text in told], [(name.ja, text) for name, text in told]


def _clock(at: datetime) -> str:
    """Return the time of day in Japan, in hours and minutes."""
    return at.astimezone(JST).strftime("%H:%M")
