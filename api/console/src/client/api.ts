/** The REST API, typed from the OpenAPI document. Every refusal is thrown as a `Problem`. */
import createClient from 'openapi-fetch'
import { problemFrom } from './problem'
import type { paths } from './schema'
import type { Airspace, NewRequest, RouteLines } from './types'

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer
  if (!response.ok || data === undefined) throw problemFrom(response.status, error)
  return data
}

export type Api = ReturnType<typeof createApi>

export function createApi(key: string, baseUrl: string = location.origin) {
  const http = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } })
  const ofRequest = (id: string) => ({ params: { path: { request_id: id } } })
  const ofSortie = (id: string) => ({ params: { path: { sortie_id: id } } })
  return {
    me: () => unwrap(http.GET('/api/v1/me')),
    sites: () => unwrap(http.GET('/api/v1/sites')),
    airspace: async () => (await unwrap(http.GET('/api/v1/airspace'))) as Airspace,
    requests: () => unwrap(http.GET('/api/v1/requests')),
    sorties: () => unwrap(http.GET('/api/v1/sorties')),
    drones: () => unwrap(http.GET('/api/v1/drones')),
    route: async (id: string) =>
      (await unwrap(http.GET('/api/v1/sorties/{sortie_id}/route', ofSortie(id)))) as RouteLines,
    /** The same `once` sent again gives the same request: an answer lost on the way orders nothing twice. */
    submit: (body: NewRequest, once: string) =>
      unwrap(http.POST('/api/v1/requests', { body, params: { header: { 'Idempotency-Key': once } } })),
    cancel: (id: string, reason: string) =>
      unwrap(http.POST('/api/v1/requests/{request_id}/cancel', { ...ofRequest(id), body: { reason } })),
    loaded: (id: string) => unwrap(http.POST('/api/v1/requests/{request_id}/loaded', ofRequest(id))),
    receipt: (id: string) => unwrap(http.POST('/api/v1/requests/{request_id}/receipt', ofRequest(id))),
    approve: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/approve', ofSortie(id))),
    callBack: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/return', ofSortie(id))),
    hold: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/hold', ofSortie(id))),
    resume: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/resume', ofSortie(id))),
    divert: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/divert', ofSortie(id))),
    land: (id: string) => unwrap(http.POST('/api/v1/sorties/{sortie_id}/land', ofSortie(id))),
    terminate: (id: string, reason: string) =>
      unwrap(http.POST('/api/v1/sorties/{sortie_id}/terminate', { ...ofSortie(id), body: { reason } })),
    confirmTermination: (id: string) =>
      unwrap(http.POST('/api/v1/sorties/{sortie_id}/terminate/confirm', ofSortie(id))),
    takeControl: (id: string, reason: string) =>
      unwrap(http.POST('/api/v1/sorties/{sortie_id}/control', { ...ofSortie(id), body: { take: true, reason } })),
    releaseControl: (id: string) => unwrap(http.DELETE('/api/v1/sorties/{sortie_id}/control', ofSortie(id))),
    override: (id: string, reason: string) =>
      unwrap(http.POST('/api/v1/sorties/{sortie_id}/preflight/override', { ...ofSortie(id), body: { reason } })),
    padClear: (id: string) =>
      unwrap(http.POST('/api/v1/requests/{request_id}/pad', { ...ofRequest(id), body: { clear: true } })),
    padNotClear: (id: string) =>
      unwrap(http.POST('/api/v1/requests/{request_id}/pad', { ...ofRequest(id), body: { clear: false } })),
  }
}
