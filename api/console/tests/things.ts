/** Small, named things for the tests. */
import type { DeliveryRequest, Drone, Flight, Site, Sortie } from '../src/client/types'

export const NOW = new Date('2026-04-01T03:00:00Z')

export function request(changes: Partial<DeliveryRequest> = {}): DeliveryRequest {
  return {
    id: 'R-1',
    items: 'インスリン',
    mass_kg: 1.2,
    temperature: 'cold',
    urgency: 'urgent',
    deadline: '2026-04-01T06:00:00Z',
    from_site_id: 'FKP',
    to_site_id: 'SGC',
    requested_by: '嵯峨島診療所',
    state: 'planned',
    reason: null,
    sortie_id: 'S-1',
    created_at: '2026-04-01T02:00:00Z',
    updated_at: '2026-04-01T02:00:00Z',
    eta: null,
    accepted_at: null,
    planned_at: null,
    loaded_at: null,
    launched_at: null,
    delivered_at: null,
    received_at: null,
    ...changes,
  }
}

/** A flight that nothing is to be said about. */
export function flight(changes: Partial<Flight> = {}): Flight {
  return { alerts: [], last_action: null, control: null, preflight: null, pad: null, termination: null, ...changes }
}

const ON_THE_GROUND: ReadonlySet<Sortie['state']> = new Set<Sortie['state']>(['planned', 'approved', 'uploading', 'verified'])

/** Only what the rules look at: the rest of a sortie is figures. */
export function sortie(state: Sortie['state'], id = 'S-1', changes: Partial<Sortie> = {}): Sortie {
  const launched_at = ON_THE_GROUND.has(state) ? null : NOW.toISOString()
  return { id, state, launched_at, drone_id: 'tsubaki-1', request_ids: ['R-1'], flight: flight(), ...changes } as unknown as Sortie
}

export function drone(changes: Partial<Drone> = {}): Drone {
  return { id: 'tsubaki-1', sortie_id: 'S-1', longitude_deg: 128.85, latitude_deg: 32.7, ...changes } as Drone
}

export function site(id: string, changes: Partial<Site> = {}): Site {
  return {
    id,
    kind: 'port',
    name_ja: `${id}港`,
    name_en: `${id} Port`,
    island: 'Fukue',
    latitude_deg: 32.7,
    longitude_deg: 128.85,
    elevation_amsl_m: 3,
    is_hub: false,
    is_drone_site: true,
    pad_site_id: null,
    road_km: null,
    note_ja: '',
    note_en: '',
    ...changes,
  }
}
