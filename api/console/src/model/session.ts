/** One signed-in session: reads the API, follows the live events, carries out what the user does. */
import type { Api } from '../client/api'
import { connectLive, type LiveEvent } from '../client/live'
import { problemOf } from '../client/problem'
import type { Drone, NewRequest } from '../client/types'
import type { TextKey } from '../texts'
import type { Action } from './actions'
import { hear } from './clock'
import { isActive } from './progress'
import { byId, withDrones, type Store } from './state'

/** Several events come at once when a state changes: read the lists once for all of them (ms). */
const GATHER_MS = 150

export interface Session {
  act(action: Action, id: string, reason: string): Promise<void>
  submit(request: NewRequest, once: string): Promise<void>
  end(): void
}

/** The words that go with an action into the event log, where nobody is asked for other ones. */
export const REASONS: Partial<Record<Action, TextKey>> = { cancel: 'cancelReason', takeControl: 'takeControlReason' }

export async function startSession(api: Api, key: string, store: Store): Promise<Session> {
  const me = await api.me()
  const [sites, airspace] = await Promise.all([api.sites(), api.airspace()])
  const clock = { atMs: Date.parse(me.now), heardMs: performance.now(), speedup: me.speedup }
  store.set({ me, sites: byId(sites), airspace, clock, problem: null })

  const refresh = async () => {
    const [requests, sorties, drones] = await Promise.all([api.requests(), api.sorties(), api.drones()])
    store.update((state) => withDrones({ ...state, requests, sorties: byId(sorties) }, drones))
    await readMissingRoutes(api, store)
  }
  const refreshSafely = () => refresh().catch((error: unknown) => store.set({ problem: problemOf(error) }))
  const refreshSoon = gathered(refreshSafely)

  const closeLive = connectLive(key, {
    onState: (live) => store.set({ live }),
    onReady: refreshSoon,
    onEvent: (event) => takeEvent(store, event, refreshSoon),
  })
  await refreshSafely()

  const calls: Record<Action, (id: string, reason: string) => Promise<unknown>> = {
    approve: api.approve,
    loaded: api.loaded,
    receipt: api.receipt,
    cancel: api.cancel,
    padClear: api.padClear,
    padNotClear: api.padNotClear,
    callBack: api.callBack,
    hold: api.hold,
    resume: api.resume,
    divert: api.divert,
    land: api.land,
    terminate: api.terminate,
    confirmTermination: api.confirmTermination,
    takeControl: api.takeControl,
    releaseControl: api.releaseControl,
    override: api.override,
  }
  return {
    async act(action, id, reason) {
      await calls[action](id, reason).catch((error: unknown) => store.set({ problem: problemOf(error) }))
      await refreshSafely()
    },
    async submit(request, once) {
      const created = await api.submit(request, once)
      store.set({ selectedRequestId: created.id })
      await refreshSafely()
    },
    end: closeLive,
  }
}

function gathered(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, GATHER_MS)
  }
}

/** Telemetry is taken as it comes; any other event says that the lists have changed. */
function takeEvent(store: Store, event: LiveEvent, refreshSoon: () => void): void {
  store.update((state) => ({ ...state, clock: hear(state.clock, event.at, performance.now()) }))
  if (event.type === 'telemetry') store.update((state) => withDrones(state, [event.data as unknown as Drone]))
  else refreshSoon()
}

async function readMissingRoutes(api: Api, store: Store): Promise<void> {
  const missing = [...store.state.sorties.values()].filter((sortie) => isActive(sortie) && !store.state.routes.has(sortie.id))
  const read = await Promise.all(missing.map(async (sortie) => [sortie.id, await api.route(sortie.id)] as const))
  if (read.length > 0) store.update((state) => ({ ...state, routes: new Map([...state.routes, ...read]) }))
}
