/** The request that is being written. */
import type { Me, NewRequest, Site, Temperature, Urgency } from '../client/types'
import { defaultDeadline } from './presets'

export interface Draft {
  items: string
  massKg: number
  temperature: Temperature
  urgency: Urgency
  deadline: Date
  fromSiteId: string
  toSiteId: string
}

/** What most requests look like: medicine from the hub to the clinic that asks. */
export function firstDraft(me: Me, sites: ReadonlyMap<string, Site>, rememberedSiteId: string | null, now: Date): Draft {
  const hub = [...sites.values()].find((site) => site.is_hub)
  const known = rememberedSiteId && sites.has(rememberedSiteId) ? rememberedSiteId : ''
  return {
    items: '',
    massKg: 0.5,
    temperature: 'ambient',
    urgency: 'routine',
    deadline: defaultDeadline('routine', now),
    fromSiteId: hub?.id ?? '',
    toSiteId: me.site_id ?? known,
  }
}

/** Urgency moves the deadline with it, so that nobody has to think of both. */
export function withUrgency(draft: Draft, urgency: Urgency, now: Date): Draft {
  return { ...draft, urgency, deadline: defaultDeadline(urgency, now) }
}

export function requestBody(draft: Draft): NewRequest {
  return {
    items: draft.items.trim(),
    mass_kg: draft.massKg,
    temperature: draft.temperature,
    urgency: draft.urgency,
    deadline: draft.deadline.toISOString(),
    from_site_id: draft.fromSiteId,
    to_site_id: draft.toSiteId,
  }
}

/** Places that can take part at all: with a pad, or joined to one by road. */
export function reachableSites(sites: ReadonlyMap<string, Site>): Site[] {
  return [...sites.values()].filter((site) => site.is_drone_site || site.pad_site_id !== null)
}

const ONCE_BYTES = 16

/** A name for one sending of the form. (`crypto.randomUUID` is missing on plain HTTP in a town's network.) */
export function onceKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(ONCE_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
