/** Zones that begin above every lane: they forbid to climb, not to pass below. */
import type { Feature, FeatureCollection } from 'geojson'

type Properties = Record<string, unknown>

/** The top of the highest lane, in metres above the sea; null where there are no lanes. */
function lanesTop(features: readonly Feature[]): number | null {
  const bands = features.flatMap(({ properties }) => (properties?.kind === 'corridor' ? [properties.outbound, properties.inbound] : []))
  const tops = bands.map((band) => (band as Properties | null)?.ceiling_amsl_m).filter((top) => typeof top === 'number')
  return tops.length > 0 ? Math.max(...tops) : null
}

/** The airspace with `is_overhead` on its zones, so that a style can tell them from those in the way. */
export function withOverhead(airspace: FeatureCollection): FeatureCollection {
  const top = lanesTop(airspace.features)
  const isOverhead = ({ floor_m: floor, floor_datum: datum }: Properties) => top !== null && datum === 'AMSL' && typeof floor === 'number' && floor >= top
  const features = airspace.features.map((each) =>
    each.properties?.kind === 'zone' ? { ...each, properties: { ...each.properties, is_overhead: isOverhead(each.properties) } } : each,
  )
  return { ...airspace, features }
}

/** Of zones that lie one over another, the one that reaches lowest: it is met first. */
export function lowestOf<T extends { properties: Properties }>(found: readonly T[]): T | undefined {
  const floorOf = ({ properties }: T) => (typeof properties.floor_m === 'number' ? properties.floor_m : 0)
  return [...found].sort((one, other) => floorOf(one) - floorOf(other))[0]
}
