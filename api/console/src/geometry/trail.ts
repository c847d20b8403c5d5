/** The track that a drone has left behind on this screen. */
import type { Position } from 'geojson'

export interface Trail {
  sortieId: string | null
  points: readonly Position[]
}

/** Closer points than this add nothing to see (m). */
const SPACING_M = 25
/** Enough for 100 km at that spacing. */
const LONGEST = 4000
const METRES_PER_DEGREE = 111_195

/** Distance between two near positions on the sphere, by equirectangular approximation (m). */
export function nearDistanceM(a: Position, b: Position): number {
  const [ax = 0, ay = 0] = a
  const [bx = 0, by = 0] = b
  const shrink = Math.cos(((ay + by) / 2) * (Math.PI / 180))
  return Math.hypot((bx - ax) * shrink, by - ay) * METRES_PER_DEGREE
}

/** Add a position to the trail; a new sortie begins a new trail. */
export function extendTrail(trail: Trail | undefined, sortieId: string | null, point: Position): Trail {
  if (!trail || (sortieId !== null && trail.sortieId !== sortieId)) return { sortieId, points: [point] }
  const last = trail.points.at(-1)
  if (last && nearDistanceM(last, point) < SPACING_M) return trail
  return { ...trail, points: [...trail.points, point].slice(-LONGEST) }
}
