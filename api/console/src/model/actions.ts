/** Who may do what, and when: the buttons of a request. The API has the last word. */
import type { DeliveryRequest, RequestState, Role, Sortie } from '../client/types'
import type { FlightOrder, PadAnswer } from './flight'

/** What is done to a request, or to its sortie before and after the flight. */
export type DeskAction = 'approve' | 'loaded' | 'receipt' | 'cancel'

export type Action = DeskAction | FlightOrder | PadAnswer

/** Until it flies; and once it has come back, so that nobody waits for it any more. */
const CANCELLABLE: ReadonlySet<RequestState> = new Set<RequestState>(['submitted', 'accepted', 'planned', 'loaded', 'returned', 'failed'])

type Rule = (request: DeliveryRequest, sortie: Sortie | undefined) => boolean

const RULES: Record<DeskAction, Rule> = {
  approve: (_, sortie) => sortie?.state === 'planned',
  loaded: (request) => request.state === 'planned',
  receipt: (request) => request.state === 'delivered',
  cancel: (request) => CANCELLABLE.has(request.state),
}

/** In the order in which the buttons stand. */
const OFFERED: Record<Role, readonly DeskAction[]> = {
  operator: ['approve', 'loaded', 'cancel'],
  clinic: ['receipt', 'cancel'],
}

export function actionsFor(role: Role, request: DeliveryRequest, sortie: Sortie | undefined): DeskAction[] {
  return OFFERED[role].filter((action) => RULES[action](request, sortie))
}
