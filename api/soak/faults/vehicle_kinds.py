"""The table of the faults of vehicles: which rules each excuses, with the reason."""

from api.soak.faults.kind import FaultKind
from api.soak.faults.vehicles import all_along, at_some_time, one_of, plain, uniform
from api.soak.invariants.airspace import InsideCertifiedAirspace
from api.soak.invariants.drones import AccountedFor
from api.soak.invariants.energy import LandsWithReserve
from api.soak.invariants.requests import DeliveredOnce
from api.soak.invariants.separation import Separated
from api.soak.invariants.verified import LaunchedVerified
from api.soak.invariants.whole import ComesDownWhole

_OFF_PLACE = {
    InsideCertifiedAirspace.name: "it is not where it believes to be",
    Separated.name: "it is not where it believes to be",
    DeliveredOnce.name: "it drops its parcel where it believes its destination to be",
    AccountedFor.name: "it tells, and believes, that it has landed at home",
    ComesDownWhole.name: "it comes down beside its pad",
}

_BLOWN_OFF = {
    InsideCertifiedAirspace.name: "the air moves it faster than it can fly",
    Separated.name: "the air moves it faster than it can fly",
    LandsWithReserve.name: "it fights the wind",
    ComesDownWhole.name: "it lands in more wind than it can",
}

_LOST_POWER = {
    LandsWithReserve.name: "the pack gives less than it tells",
    ComesDownWhole.name: "it lands where it is, by its own failsafe, and that is the sea",
    InsideCertifiedAirspace.name: "without power it drifts while it comes down",
}

_FALLS = {
    InsideCertifiedAirspace.name: "it falls where it falls",
    ComesDownWhole.name: "it falls",
}

_MISLED = {
    InsideCertifiedAirspace.name: "a stranger sends it straight home",
    Separated.name: "a stranger sends it straight home",
    LaunchedVerified.name: "a stranger empties the mission after it was verified",
    LandsWithReserve.name: "a stranger keeps it waiting in the air",
    ComesDownWhole.name: "a stranger keeps it waiting until the battery is empty",
}

SHARE = 0.06
"""Of the seeds that have each of these: with twenty kinds, one or two a seed."""

VEHICLE_KINDS = (
    FaultKind("link_loss", SHARE, all_along("link_loss", uniform("link_loss:share={:.2f}", (0.02, 0.25)))),
    FaultKind("link_delay", SHARE, all_along("link_delay", uniform("link_delay:delay_s={:.2f}", (0.1, 1.5)))),
    FaultKind(
        "link_duplicate",
        SHARE,
        all_along("link_duplicate", uniform("link_duplicate:share={:.2f}", (0.05, 0.3))),
    ),
    FaultKind(
        "link_reorder", SHARE, all_along("link_reorder", uniform("link_reorder:share={:.2f}", (0.05, 0.3)))
    ),
    FaultKind(
        "link_one_way",
        SHARE,
        at_some_time(
            "link_one_way",
            one_of("link_one_way:direction=up", "link_one_way:direction=down", "link_loss:share=1"),
            (20.0, 900.0),
        ),
    ),
    FaultKind("gps_loss", SHARE, at_some_time("gps_loss", plain("gps_loss"), (5.0, 120.0)), _OFF_PLACE),
    FaultKind(
        "gps_jump",
        SHARE,
        at_some_time(
            "gps_jump",
            uniform("gps_jump:north_m={:.0f},east_m={:.0f}", (-150.0, 150.0), (-150.0, 150.0)),
            (5.0, 60.0),
        ),
        _OFF_PLACE,
    ),
    FaultKind(
        "gps_drift",
        SHARE,
        at_some_time(
            "gps_drift",
            uniform("gps_drift:speed_m_s={:.2f},toward_deg={:.0f}", (0.1, 1.0), (0.0, 360.0)),
            (30.0, 240.0),
        ),
        _OFF_PLACE,
    ),
    FaultKind(
        "compass_error",
        SHARE,
        at_some_time(
            "compass_error", uniform("compass_error:error_deg={:.0f}", (-40.0, 40.0)), (30.0, 300.0)
        ),
        {InsideCertifiedAirspace.name: "it flies beside where it points"},
    ),
    FaultKind(
        "motor_loss",
        SHARE,
        at_some_time("motor_loss", one_of("motor_loss", "motor_loss:pusher=1")),
        _FALLS | _LOST_POWER,
    ),
    FaultKind(
        "battery_sag",
        SHARE,
        at_some_time("battery_sag", uniform("battery_sag:extra_ohm={:.4f}", (0.001, 0.012))),
        _LOST_POWER,
    ),
    FaultKind(
        "cell_failure",
        SHARE,
        at_some_time("cell_failure", uniform("cell_failure:cells={:.2f}", (0.1, 0.5))),
        _LOST_POWER,
    ),
    FaultKind(
        "wrong_battery",
        SHARE,
        all_along("wrong_battery", uniform("wrong_battery:share={:.2f}", (0.5, 0.95))),
        _LOST_POWER,
    ),
    FaultKind(
        "stuck_release",
        SHARE,
        all_along("stuck_release", plain("stuck_release")),
        {DeliveredOnce.name: "the servo moves, and so the parcel is believed to have left"},
    ),
    FaultKind(
        "gust_front",
        SHARE,
        at_some_time(
            "gust_front",
            uniform("gust_front:speed_m_s={:.1f},from_deg={:.0f}", (3.0, 14.0), (0.0, 360.0)),
            (30.0, 300.0),
        ),
        _BLOWN_OFF,
    ),
    FaultKind(
        "fence_wiped",
        SHARE,
        at_some_time("fence_wiped", plain("fence_wiped")),
        {LaunchedVerified.name: "the fence is wiped between its verification and the arming"},
    ),
    FaultKind("reboot", SHARE, at_some_time("reboot", plain("reboot")), _FALLS),
    FaultKind(
        "clock_jump", SHARE, at_some_time("clock_jump", uniform("clock_jump:seconds={:.0f}", (-9e4, 9e4)))
    ),
    FaultKind(
        "rogue_station",
        SHARE,
        at_some_time(
            "rogue_station",
            uniform("rogue_station:system_id=254,every_s={:.0f}", (5.0, 60.0)),
            (20.0, 300.0),
        ),
        _MISLED,
    ),
    FaultKind(
        "pad_occupied",
        SHARE,
        at_some_time("pad_occupied", plain("pad_occupied"), (60.0, 900.0)),
        {ComesDownWhole.name: "something stands on its pad"},
    ),
)
