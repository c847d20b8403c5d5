/** What a request's state means to its reader. */
import type { DeliveryRequest, RequestState, Sortie, SortieState } from '../client/types'
import type { TextKey } from '../texts'
import { mayOverride, preflightToRead } from './preflight'

export const STEPS: readonly TextKey[] = [
  'stepSubmitted',
  'stepPlanned',
  'stepLoaded',
  'stepInFlight',
  'stepDelivered',
  'stepReceived',
]

export type Tone = 'calm' | 'waiting' | 'moving' | 'done' | 'bad'

interface Meaning {
  /** How many of the steps are done; `null` where the request has left the usual way. */
  done: number | null
  text: TextKey
  tone: Tone
}

const MEANINGS: Record<RequestState, Meaning> = {
  submitted: { done: 1, text: 'stateSubmitted', tone: 'calm' },
  accepted: { done: 1, text: 'stateAccepted', tone: 'calm' },
  planned: { done: 2, text: 'statePlanned', tone: 'waiting' },
  loaded: { done: 3, text: 'stateLoaded', tone: 'waiting' },
  in_flight: { done: 3, text: 'stateInFlight', tone: 'moving' },
  delivered: { done: 5, text: 'stateDelivered', tone: 'done' },
  received: { done: 6, text: 'stateReceived', tone: 'done' },
  rejected: { done: null, text: 'stateRejected', tone: 'bad' },
  cancelled: { done: null, text: 'stateCancelled', tone: 'calm' },
  returned: { done: null, text: 'stateReturned', tone: 'bad' },
  handed_over: { done: null, text: 'stateHandedOver', tone: 'calm' },
  failed: { done: null, text: 'stateFailed', tone: 'bad' },
}

/** What the sortie's state makes more exact. */
const REFINED: Partial<Record<RequestState, Partial<Record<SortieState, Partial<Meaning>>>>> = {
  planned: { planned: { text: 'stateWaitingApproval' }, approved: { text: 'stateWaitingLoading' } },
  loaded: { planned: { text: 'stateWaitingApproval' } },
  in_flight: {
    delivering: { text: 'stateDelivering' },
    held: { text: 'stateHeld', tone: 'waiting' },
    returning: { text: 'stateTurnedBack', tone: 'bad' },
    diverted: { text: 'stateDiverted', tone: 'bad' },
    lost: { text: 'stateLost', tone: 'bad' },
  },
}

export function meaningOf(request: DeliveryRequest, sortie: Sortie | undefined): Meaning {
  const meaning = MEANINGS[request.state]
  if (!sortie) return meaning
  const preflight = preflightToRead(sortie)
  if (preflight && mayOverride(preflight)) return { ...meaning, text: 'stateWaitingDecision' }
  return { ...meaning, ...REFINED[request.state]?.[sortie.state] }
}

export const SORTIE_TEXTS: Record<SortieState, TextKey> = {
  planned: 'sortiePlanned',
  approved: 'sortieApproved',
  uploading: 'sortieUploading',
  verified: 'sortieVerified',
  launched: 'sortieLaunched',
  enroute: 'sortieEnroute',
  delivering: 'sortieDelivering',
  returning: 'sortieReturning',
  landed: 'sortieLanded',
  closed: 'sortieClosed',
  held: 'sortieHeld',
  diverted: 'sortieDiverted',
  aborted: 'sortieAborted',
  lost: 'sortieLost',
}

const OVER: ReadonlySet<SortieState> = new Set<SortieState>(['landed', 'closed', 'aborted'])
const IN_AIR: ReadonlySet<SortieState> = new Set<SortieState>(['launched', 'enroute', 'delivering', 'returning', 'held', 'diverted', 'lost'])

/** The sortie may still fly or is flying: its route belongs on the map. */
export function isActive(sortie: Sortie): boolean {
  return !OVER.has(sortie.state)
}

/** A held sortie may also be one that never took off. */
export function isInAir(sortie: Sortie): boolean {
  return sortie.launched_at !== null && IN_AIR.has(sortie.state)
}
