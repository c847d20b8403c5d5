/** The smallest box around geometries, in degrees. */
import type { FeatureCollection, Geometry, Position } from 'geojson'

/** West, south, east, north. */
export type Bounds = [number, number, number, number]

function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates]
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.flat()
    case 'MultiPolygon':
      return geometry.coordinates.flat(2)
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf)
  }
}

/** The box around the positions, or `null` where there are none. */
export function boundsOfPositions(positions: Iterable<Position>): Bounds | null {
  let box: Bounds | null = null
  for (const [x = 0, y = 0] of positions) {
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y]
  }
  return box
}

export function boundsOf(...collections: FeatureCollection[]): Bounds | null {
  return boundsOfPositions(collections.flatMap((each) => each.features.flatMap((one) => positionsOf(one.geometry))))
}
