"""A DroneKit script that uploads and launches with ours: dronekit_driver.py tcp:127.0.0.1:5760 20."""

import sys
import time

import dronekit
from trip import hisaka_trip

from api.clock import ScaledClock
from flight.drivers.dronekit_driver import DroneKitDriver
from flight.plan import VehicleAddress, VehicleClass

clock = ScaledClock(time.time(), speedup=float(sys.argv[2]))
copter = VehicleAddress(sys.argv[1], system_id=1)
vehicle = dronekit.connect(sys.argv[1], wait_ready=True, timeout=60)
with DroneKitDriver(vehicle, copter, VehicleClass.COPTER, clock) as driver:
    plan = hisaka_trip(copter)
    print("on board and equal:", driver.upload(plan) == plan.hash)
    driver.launch(plan)
    print(vehicle.mode.name, vehicle.armed)
    driver.land()
    vehicle.wait_for(lambda: not vehicle.armed, timeout=60)
print(vehicle.mode.name, vehicle.armed)
vehicle.close()
