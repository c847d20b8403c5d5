/** Refusals of the API (RFC 9457) as one error type. */
import type { Language, Translate } from '../texts'

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly field: string | null,
    readonly remedy: string | null,
    readonly messageJa: string | null,
  ) {
    super(detail)
  }
}

/** The status of a problem that never reached the server. */
export const UNREACHABLE = 0

export function problemFrom(status: number, body: unknown): Problem {
  const members = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (name: string) => (typeof members[name] === 'string' ? (members[name] as string) : null)
  const detail = text('detail') ?? text('title') ?? `HTTP ${status}`
  return new Problem(status, detail, text('field'), text('remedy'), text('message_ja'))
}

export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(UNREACHABLE, String(error), null, null, null)
}

/** What the reader is told: what is wrong, then what to do about it. */
export function problemSentences(problem: Problem, language: Language, t: Translate): string[] {
  if (problem.status === UNREACHABLE) return [t('offline'), t('tryAgain')]
  if (language === 'ja' && problem.messageJa) return [problem.messageJa]
  const { detail, remedy } = problem
  return remedy && !detail.includes(remedy) ? [detail, remedy] : [detail]
}
