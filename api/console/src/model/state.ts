/** Everything that the page shows, as one value; and the box that holds the newest one. */
import type { LiveState } from '../client/live'
import type { Problem } from '../client/problem'
import type { Airspace, DeliveryRequest, Drone, Me, RouteLines, Site, Sortie } from '../client/types'
import { extendTrail, type Trail } from '../geometry/trail'
import type { Language } from '../texts'
import type { ServiceClock } from './clock'

export interface State {
  language: Language
  me: Me | null
  live: LiveState
  clock: ServiceClock
  sites: ReadonlyMap<string, Site>
  airspace: Airspace | null
  requests: readonly DeliveryRequest[]
  sorties: ReadonlyMap<string, Sortie>
  drones: ReadonlyMap<string, Drone>
  trails: ReadonlyMap<string, Trail>
  routes: ReadonlyMap<string, RouteLines>
  selectedRequestId: string | null
  problem: Problem | null
}

export function initialState(language: Language, clock: ServiceClock): State {
  return {
    language,
    clock,
    me: null,
    live: 'connecting',
    sites: new Map(),
    airspace: null,
    requests: [],
    sorties: new Map(),
    drones: new Map(),
    trails: new Map(),
    routes: new Map(),
    selectedRequestId: null,
    problem: null,
  }
}

export function byId<T extends { id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]))
}

/** Take in newer drones; each leaves a trail while it flies a sortie. */
export function withDrones(state: State, drones: readonly Drone[]): State {
  const trails = new Map(state.trails)
  for (const drone of drones) {
    if (drone.longitude_deg === null || drone.latitude_deg === null) continue
    trails.set(drone.id, extendTrail(trails.get(drone.id), drone.sortie_id, [drone.longitude_deg, drone.latitude_deg]))
  }
  return { ...state, trails, drones: new Map([...state.drones, ...byId(drones)]) }
}

export interface Store {
  readonly state: State
  update(change: (state: State) => State): void
  set(change: Partial<State>): void
  subscribe(listener: () => void): void
}

export function createStore(initial: State): Store {
  let state = initial
  const listeners: (() => void)[] = []
  const update: Store['update'] = (change) => {
    state = change(state)
    for (const listener of listeners) listener()
  }
  return {
    get state() {
      return state
    },
    update,
    set: (change) => update((old) => ({ ...old, ...change })),
    subscribe: (listener) => void listeners.push(listener),
  }
}
