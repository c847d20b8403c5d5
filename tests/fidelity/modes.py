"""Flight modes by name (ArduPilot's ``custom_mode`` of Copter and Plane)."""

MODES = {
    "copter": {
        "STABILIZE": 0,
        "ACRO": 1,
        "ALT_HOLD": 2,
        "AUTO": 3,
        "GUIDED": 4,
        "LOITER": 5,
        "RTL": 6,
        "CIRCLE": 7,
        "LAND": 9,
        "POSHOLD": 16,
        "BRAKE": 17,
        "SMART_RTL": 21,
        "AUTO_RTL": 27,
    },
    "quadplane": {
        "MANUAL": 0,
        "FBWA": 5,
        "CRUISE": 7,
        "AUTO": 10,
        "RTL": 11,
        "LOITER": 12,
        "GUIDED": 15,
        "QSTABILIZE": 17,
        "QHOVER": 18,
        "QLOITER": 19,
        "QLAND": 20,
        "QRTL": 21,
    },
}
"""The modes that the scenarios try, in the order in which they try them."""
