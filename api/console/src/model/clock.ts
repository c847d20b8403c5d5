/** The service's time: it may run faster than the wall clock, and the browser's own clock may be wrong. */

export interface ServiceClock {
  /** The service's time when last heard (ms since 1970). */
  readonly atMs: number
  /** The browser's steady time (`performance.now`) at that moment. */
  readonly heardMs: number
  /** Seconds of service time per second of wall time. */
  readonly speedup: number
}

export function serviceNow(clock: ServiceClock, steadyMs: number): Date {
  return new Date(clock.atMs + (steadyMs - clock.heardMs) * clock.speedup)
}

/** Take a newer time from the service; one from the past (a delayed message) is ignored. */
export function hear(clock: ServiceClock, at: string, steadyMs: number): ServiceClock {
  const atMs = Date.parse(at)
  const isNewer = Number.isFinite(atMs) && atMs > serviceNow(clock, steadyMs).getTime()
  return isNewer ? { ...clock, atMs, heardMs: steadyMs } : clock
}
