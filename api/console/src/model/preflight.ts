/** The checks before launch: who has to read them, and whether a person may let them pass. */
import type { Preflight, Severity, Sortie, SortieState } from '../client/types'

const BEFORE_LAUNCH: ReadonlySet<SortieState> = new Set<SortieState>(['approved', 'uploading', 'verified'])
const SAYS_NOTHING: ReadonlySet<Severity> = new Set<Severity>(['off', 'pass'])

/** The checks that somebody should read; `null` once nobody need. */
export function preflightToRead(sortie: Sortie): Preflight | null {
  return BEFORE_LAUNCH.has(sortie.state) ? sortie.flight.preflight : null
}

export function remarks(preflight: Preflight): Preflight['checks'] {
  return preflight.checks.filter((check) => !SAYS_NOTHING.has(check.severity))
}

export function mayOverride(preflight: Preflight): boolean {
  return preflight.worst === 'soft_failure' && preflight.overridden_by === null
}
