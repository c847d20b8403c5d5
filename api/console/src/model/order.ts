/** The order of the request list: what needs eyes first, then the rest. */
import type { DeliveryRequest, RequestState, Urgency } from '../client/types'
import { hoursLater } from '../format/time'

const URGENCY_RANK: Record<Urgency, number> = { emergency: 0, urgent: 1, routine: 2 }
const SETTLED: ReadonlySet<RequestState> = new Set<RequestState>(['received', 'cancelled', 'handed_over'])
const UNHAPPY: ReadonlySet<RequestState> = new Set<RequestState>(['rejected', 'returned', 'failed'])

/** A request that went wrong stays among the open ones for as long as somebody may have to act on it. */
const ATTENTION_HOURS = 12

export interface Ordered {
  open: DeliveryRequest[]
  finished: DeliveryRequest[]
}

function isFinished(request: DeliveryRequest, now: Date): boolean {
  if (SETTLED.has(request.state)) return true
  return UNHAPPY.has(request.state) && hoursLater(new Date(request.updated_at), ATTENTION_HOURS) < now
}

function newestFirst(a: DeliveryRequest, b: DeliveryRequest): number {
  return Date.parse(b.created_at) - Date.parse(a.created_at)
}

function urgentFirst(a: DeliveryRequest, b: DeliveryRequest): number {
  return URGENCY_RANK[a.urgency] - URGENCY_RANK[b.urgency] || newestFirst(a, b)
}

export function inOrder(requests: readonly DeliveryRequest[], now: Date): Ordered {
  return {
    open: requests.filter((each) => !isFinished(each, now)).sort(urgentFirst),
    finished: requests.filter((each) => isFinished(each, now)).sort(newestFirst),
  }
}
