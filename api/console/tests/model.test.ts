import { expect, test } from 'vitest'
import { actionsFor } from '../src/model/actions'
import { hear, serviceNow } from '../src/model/clock'
import { firstDraft, onceKey, reachableSites, requestBody, withUrgency } from '../src/model/draft'
import { inOrder } from '../src/model/order'
import { meaningOf } from '../src/model/progress'
import { byId, initialState, withDrones } from '../src/model/state'
import { drone, flight, NOW, request, site, sortie } from './things'

const CLINIC = { name: '嵯峨島診療所', role: 'clinic', site_id: 'SGC', now: NOW.toISOString(), speedup: 1 } as const

test('the urgent stand before the routine, and the newest first among equals', () => {
  const ids = inOrder(
    [
      request({ id: 'old', urgency: 'routine', created_at: '2026-04-01T01:00:00Z' }),
      request({ id: 'new', urgency: 'routine', created_at: '2026-04-01T02:30:00Z' }),
      request({ id: 'emergency', urgency: 'emergency', created_at: '2026-04-01T00:00:00Z' }),
    ],
    NOW,
  ).open.map((each) => each.id)

  expect(ids).toEqual(['emergency', 'new', 'old'])
})

test('what went wrong stays in sight for twelve hours', () => {
  const failed = request({ state: 'failed', updated_at: '2026-03-31T16:00:00Z' })

  expect(inOrder([failed], NOW).open).toHaveLength(1)
  expect(inOrder([failed], new Date('2026-04-01T04:00:01Z')).finished).toHaveLength(1)
})

test.each([
  ['planned', 'planned', 'stateWaitingApproval'],
  ['planned', 'approved', 'stateWaitingLoading'],
  ['loaded', 'planned', 'stateWaitingApproval'],
  ['loaded', 'verified', 'stateLoaded'],
  ['in_flight', 'enroute', 'stateInFlight'],
  ['in_flight', 'delivering', 'stateDelivering'],
  ['in_flight', 'held', 'stateHeld'],
  ['in_flight', 'returning', 'stateTurnedBack'],
  ['in_flight', 'diverted', 'stateDiverted'],
  ['in_flight', 'lost', 'stateLost'],
  ['received', 'closed', 'stateReceived'],
] as const)('a request that is %s with a sortie that is %s says %s', (state, sortieState, text) => {
  expect(meaningOf(request({ state }), sortie(sortieState)).text).toBe(text)
})

test('a flight that has left its plan stands out, and one that goes on as planned does not', () => {
  const tones = (['enroute', 'held', 'returning', 'lost'] as const).map((state) => meaningOf(request({ state: 'in_flight' }), sortie(state)).tone)

  expect(tones).toEqual(['moving', 'waiting', 'bad', 'bad'])
})

test('a launch that waits for a decision says so, until there is one', () => {
  const checked = (overridden_by: string | null) =>
    flight({ preflight: { at: NOW.toISOString(), worst: 'soft_failure', checks: [], overridden_by, override_reason: null } })
  const textOf = (overridden_by: string | null) => meaningOf(request({ state: 'loaded' }), sortie('verified', 'S-1', { flight: checked(overridden_by) })).text

  expect(textOf(null)).toBe('stateWaitingDecision')
  expect(textOf('Sato')).toBe('stateLoaded')
})

test.each([
  ['operator', 'planned', 'planned', ['approve', 'loaded', 'cancel']],
  ['operator', 'planned', 'approved', ['loaded', 'cancel']],
  ['operator', 'in_flight', 'enroute', []],
  ['operator', 'in_flight', 'delivering', []],
  ['clinic', 'planned', 'planned', ['cancel']],
  ['clinic', 'in_flight', 'enroute', []],
  ['clinic', 'delivered', 'returning', ['receipt']],
  ['clinic', 'received', 'closed', []],
] as const)('a %s with a request that is %s and a sortie that is %s may %s', (role, state, sortieState, actions) => {
  expect(actionsFor(role, request({ state }), sortie(sortieState))).toEqual(actions)
})

test('the clock runs as fast as the service and never backwards', () => {
  const clock = { atMs: NOW.getTime(), heardMs: 1000, speedup: 60 }

  expect(serviceNow(clock, 2000).toISOString()).toBe('2026-04-01T03:01:00.000Z')
  expect(hear(clock, '2026-04-01T03:00:30Z', 2000)).toBe(clock)
  expect(hear(clock, 'nonsense', 2000)).toBe(clock)
  expect(serviceNow(hear(clock, '2026-04-01T03:05:00Z', 2000), 2000).toISOString()).toBe('2026-04-01T03:05:00.000Z')
})

test('a draft goes from the hub to the clinic that asks', () => {
  const sites = byId([site('FKP', { is_hub: true }), site('SGC')])

  expect(firstDraft(CLINIC, sites, null, NOW)).toMatchObject({ fromSiteId: 'FKP', toSiteId: 'SGC', urgency: 'routine' })
})

test('a place remembered from another airspace is forgotten', () => {
  const operator = { ...CLINIC, role: 'operator', site_id: null } as const

  expect(firstDraft(operator, byId([site('NRP')]), 'GONE', NOW).toSiteId).toBe('')
  expect(firstDraft(operator, byId([site('NRP')]), 'NRP', NOW).toSiteId).toBe('NRP')
})

test('an emergency is due in two hours, and the mass is sent as it was typed', () => {
  const draft = withUrgency(firstDraft(CLINIC, byId([site('SGC')]), null, NOW), 'emergency', NOW)

  expect(requestBody({ ...draft, massKg: 1.25 })).toMatchObject({ deadline: '2026-04-01T05:00:00.000Z', mass_kg: 1.25 })
})

test('places without a pad and without a road to one cannot be chosen', () => {
  const sites = byId([site('FKP'), site('GCH', { is_drone_site: false, pad_site_id: 'FKP' }), site('FAR', { is_drone_site: false })])

  expect(reachableSites(sites).map((each) => each.id)).toEqual(['FKP', 'GCH'])
})

test('every sending has a name of its own', () => {
  expect(onceKey()).toMatch(/^[0-9a-f]{32}$/)
  expect(onceKey()).not.toBe(onceKey())
})

test('a drone that has told no position yet leaves no trail', () => {
  const empty = initialState('ja', { atMs: 0, heardMs: 0, speedup: 1 })

  const state = withDrones(empty, [drone({ latitude_deg: null }), drone({ id: 'tsubaki-2' })])

  expect([...state.drones.keys()]).toEqual(['tsubaki-1', 'tsubaki-2'])
  expect([...state.trails.keys()]).toEqual(['tsubaki-2'])
})
