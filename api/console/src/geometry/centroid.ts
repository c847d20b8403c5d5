/** Where the name of an area stands, and how large the area is. */
import type { Position } from 'geojson'

export interface Centroid {
  point: Position
  /** In square degrees: only good for comparing neighbours. */
  area: number
}

/** Centroid of a closed ring by the shoelace formula. */
export function ringCentroid(ring: readonly Position[]): Centroid {
  let twiceArea = 0
  let x = 0
  let y = 0
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i] ?? []
    const [bx = 0, by = 0] = ring[i + 1] ?? []
    const cross = ax * by - bx * ay
    twiceArea += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  const point = twiceArea === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * twiceArea), y / (3 * twiceArea)]
  return { point, area: Math.abs(twiceArea) / 2 }
}
