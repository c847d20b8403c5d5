/** From the state to what the map draws. */
import type { Feature, FeatureCollection, Position } from 'geojson'
import type { Airspace } from '../client/types'
import { ringCentroid } from '../geometry/centroid'
import { isActive } from '../model/progress'
import type { State } from '../model/state'

export interface IslandName {
  id: string
  name_ja: string
  name_en: string
  point: Position
  area: number
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features }
}

/** Ways out and home of the sorties that are planned or flying. */
export function routeLines(state: State): FeatureCollection {
  const shown = [...state.routes].filter(([id]) => {
    const sortie = state.sorties.get(id)
    return sortie !== undefined && isActive(sortie)
  })
  return collection(shown.flatMap(([, route]) => route.features.filter((each) => each.geometry.type === 'LineString')))
}

/** Tracks of the drones that are on a sortie. */
export function trailLines(state: State): FeatureCollection {
  const flying = [...state.trails].filter(([id, trail]) => trail.points.length > 1 && state.drones.get(id)?.sortie_id)
  return collection(
    flying.map(([id, trail]) => ({
      type: 'Feature',
      properties: { drone: id },
      geometry: { type: 'LineString', coordinates: [...trail.points] },
    })),
  )
}

/** How the data calls islets that nobody has named. */
const UNNAMED = '無名'

/** One entry for each island that has a name. */
export function islandNames(airspace: Airspace): IslandName[] {
  return airspace.features.flatMap(({ properties, geometry }) => {
    if (properties?.kind !== 'island' || String(properties.name_ja).startsWith(UNNAMED) || geometry.type !== 'Polygon') return []
    const { point, area } = ringCentroid(geometry.coordinates[0] ?? [])
    return [{ id: String(properties.id), name_ja: properties.name_ja, name_en: properties.name_en, point, area }]
  })
}
