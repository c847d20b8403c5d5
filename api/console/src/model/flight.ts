/** What an operator may do with a flight, and what there is to know about it. The API has the last word. */
import type { Flight, Sortie, SortieState } from '../client/types'
import { isInAir } from './progress'

export type FlightOrder =
  | 'callBack'
  | 'hold'
  | 'resume'
  | 'divert'
  | 'land'
  | 'terminate'
  | 'confirmTermination'
  | 'takeControl'
  | 'releaseControl'
  | 'override'

export type PadAnswer = 'padClear' | 'padNotClear'

const MOVING: readonly SortieState[] = ['launched', 'enroute', 'delivering', 'returning', 'diverted']

const POSSIBLE_IN: Partial<Record<FlightOrder, readonly SortieState[]>> = {
  hold: MOVING,
  resume: ['held'],
  callBack: ['launched', 'enroute', 'delivering', 'held', 'diverted', 'lost'],
  divert: ['launched', 'enroute', 'delivering', 'returning', 'held'],
  land: [...MOVING, 'held', 'lost'],
  terminate: [...MOVING, 'held', 'lost'],
}

/** At hand: what is right in most cases and can be taken back. */
const FIRST: readonly FlightOrder[] = ['hold', 'resume', 'callBack']

/** One tap further away: what cannot be taken back. */
const MORE: readonly FlightOrder[] = ['divert', 'land', 'terminate']

export interface Orders {
  first: FlightOrder[]
  more: FlightOrder[]
}

export function ordersFor(sortie: Sortie): Orders {
  const isPossible = (order: FlightOrder) => isInAir(sortie) && (POSSIBLE_IN[order] ?? []).includes(sortie.state)
  return { first: FIRST.filter(isPossible), more: MORE.filter(isPossible) }
}

/** Nobody is kept from these, whoever has control. */
const EMERGENCY: ReadonlySet<FlightOrder> = new Set<FlightOrder>(['callBack', 'land'])

export type Control = 'free' | 'mine' | 'others'

export function controlOf(flight: Flight, me: string, now: Date): Control {
  const { control } = flight
  if (!control || new Date(control.until) <= now) return 'free'
  return control.holder === me ? 'mine' : 'others'
}

export function isBlocked(order: FlightOrder, control: Control): boolean {
  return control === 'others' && !EMERGENCY.has(order)
}

export function mayConfirmTermination(flight: Flight, me: string): boolean {
  const { termination } = flight
  return termination !== null && !(termination.by_another && termination.by === me)
}
