"""Launch, hold, fly on, come home, with our own driver: own_driver.py tcp:127.0.0.1:5760 20."""

import sys
import time

from trip import hisaka_trip

from api.clock import ScaledClock
from flight.drivers.own import connect
from flight.events import Landed
from flight.plan import VehicleAddress, VehicleClass

clock = ScaledClock(time.time(), speedup=float(sys.argv[2]))
copter = VehicleAddress(sys.argv[1], system_id=1)
with connect(copter, VehicleClass.COPTER, clock) as driver:
    driver.launch(hisaka_trip(copter))
    driver.hold()
    print(driver.state().mode)
    driver.resume()
    driver.return_home()
    landed = next(event for event in driver.events(timeout_s=900.0) if isinstance(event, Landed))
print(f"landed {landed.distance_from_home_m:.0f} m from home")
