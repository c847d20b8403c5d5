import { expect, test } from 'vitest'
import type { Severity } from '../src/client/types'
import { controlOf, isBlocked, mayConfirmTermination, ordersFor } from '../src/model/flight'
import { mayOverride, preflightToRead, remarks } from '../src/model/preflight'
import { flight, NOW, sortie } from './things'

test.each([
  ['planned', [], []],
  ['verified', [], []],
  ['enroute', ['hold', 'callBack'], ['divert', 'land', 'terminate']],
  ['returning', ['hold'], ['divert', 'land', 'terminate']],
  ['held', ['resume', 'callBack'], ['divert', 'land', 'terminate']],
  ['diverted', ['hold', 'callBack'], ['land', 'terminate']],
  ['lost', ['callBack'], ['land', 'terminate']],
  ['landed', [], []],
] as const)('a flight that is %s may be told to %s, and further away to %s', (state, first, more) => {
  expect(ordersFor(sortie(state))).toEqual({ first, more })
})

test('a sortie that is held before it took off takes no order', () => {
  expect(ordersFor(sortie('held', 'S-1', { launched_at: null })).first).toEqual([])
})

const SATO = { holder: 'Sato', until: '2026-04-01T03:05:00Z' }

test.each([
  [null, 'free'],
  [SATO, 'others'],
  [{ ...SATO, holder: 'me' }, 'mine'],
  [{ ...SATO, until: NOW.toISOString() }, 'free'],
] as const)('control %j is %s', (control, expected) => {
  expect(controlOf(flight({ control }), 'me', NOW)).toBe(expected)
})

test('another in control blocks all but what brings a drone home or down', () => {
  expect(isBlocked('hold', 'others')).toBe(true)
  expect(isBlocked('callBack', 'others')).toBe(false)
  expect(isBlocked('land', 'others')).toBe(false)
  expect(isBlocked('hold', 'mine')).toBe(false)
})

test.each([
  [true, 'Sato', false],
  [true, 'Tanaka', true],
  [false, 'Sato', true],
] as const)('where another is needed (%s), %s may confirm the request of Sato: %s', (by_another, me, expected) => {
  const termination = { by: 'Sato', at: NOW.toISOString(), until: SATO.until, reason: null, by_another }

  expect(mayConfirmTermination(flight({ termination }), me)).toBe(expected)
  expect(mayConfirmTermination(flight(), me)).toBe(false)
})

function preflight(worst: Severity, overridden_by: string | null = null) {
  const checks = [
    { name: 'battery', severity: worst, text: '62 %' },
    { name: 'gps', severity: 'pass' as Severity, text: '14 satellites' },
  ]
  return { at: NOW.toISOString(), worst, checks, overridden_by, override_reason: null }
}

test('of a preflight only what did not pass is read, and only before the launch', () => {
  const report = preflight('warning')

  expect(remarks(report).map((check) => check.name)).toEqual(['battery'])
  expect(preflightToRead(sortie('verified', 'S-1', { flight: flight({ preflight: report }) }))).toBe(report)
  expect(preflightToRead(sortie('enroute', 'S-1', { flight: flight({ preflight: report }) }))).toBeNull()
})

test('soft failures may be overridden once, and hard ones never', () => {
  expect(mayOverride(preflight('soft_failure'))).toBe(true)
  expect(mayOverride(preflight('soft_failure', 'Sato'))).toBe(false)
  expect(mayOverride(preflight('hard_failure'))).toBe(false)
  expect(mayOverride(preflight('warning'))).toBe(false)
})
