/** Who may do what, and when: the buttons of a request. The API has the last word. */
import type { DeliveryRequest, RequestState, Role, Sortie } from '../client/types'

export type Action = 'approve' | 'loaded' | 'callBack' | 'receipt' | 'cancel'

/** Until it flies; and once it has come back, so that nobody waits for it any more. */
const CANCELLABLE: ReadonlySet<RequestState> = new Set<RequestState>(['submitted', 'accepted', 'planned', 'loaded', 'returned', 'failed'])

type Rule = (request: DeliveryRequest, sortie: Sortie | undefined) => boolean

const RULES: Record<Action, Rule> = {
  approve: (_, sortie) => sortie?.state === 'planned',
  loaded: (request) => request.state === 'planned',
  callBack: (_, sortie) => sortie?.state === 'launched' || sortie?.state === 'enroute',
  receipt: (request) => request.state === 'delivered',
  cancel: (request) => CANCELLABLE.has(request.state),
}

/** In the order in which the buttons stand. */
const OFFERED: Record<Role, readonly Action[]> = {
  operator: ['approve', 'loaded', 'callBack', 'cancel'],
  clinic: ['receipt', 'cancel'],
}

export function actionsFor(role: Role, request: DeliveryRequest, sortie: Sortie | undefined): Action[] {
  return OFFERED[role].filter((action) => RULES[action](request, sortie))
}
