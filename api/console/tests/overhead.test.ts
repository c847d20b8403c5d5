import type { Feature, FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import { lowestOf, withOverhead } from '../src/map/overhead'
import { areaWords } from '../src/map/popup'
import { translator } from '../src/texts'

const SHAPE: Feature['geometry'] = { type: 'Point', coordinates: [128.8, 32.7] }
const LANE = { kind: 'corridor', outbound: { floor_amsl_m: 50, ceiling_amsl_m: 70 }, inbound: { floor_amsl_m: 75, ceiling_amsl_m: 95 } }

function airspace(...properties: Record<string, unknown>[]): FeatureCollection {
  return { type: 'FeatureCollection', features: properties.map((each) => ({ type: 'Feature', properties: each, geometry: SHAPE })) }
}

function overhead(...properties: Record<string, unknown>[]): unknown[] {
  return withOverhead(airspace(...properties)).features.map((each) => each.properties?.is_overhead)
}

test('a zone is overhead where it begins at the top of the highest lane or over it', () => {
  const zone = { kind: 'zone', floor_datum: 'AMSL' }

  expect(overhead(LANE, { ...zone, floor_m: 0 }, { ...zone, floor_m: 94.9 }, { ...zone, floor_m: 95 })).toEqual([undefined, false, false, true])
})

test('a zone over the ground may reach down to the sea, so it is never overhead', () => {
  expect(overhead(LANE, { kind: 'zone', floor_datum: 'AGL', floor_m: 120 })).toEqual([undefined, false])
})

test('a lane of one direction has one band, and without lanes nothing is overhead', () => {
  const zone = { kind: 'zone', floor_datum: 'AMSL', floor_m: 80 }

  expect(overhead({ ...LANE, inbound: null }, zone)).toEqual([undefined, true])
  expect(overhead(zone)).toEqual([false])
})

test('of zones one over another, the lowest is told', () => {
  const [high, low] = [{ properties: { floor_m: 122 } }, { properties: { floor_m: 68 } }]

  expect(lowestOf([high, low])).toBe(low)
  expect(lowestOf([])).toBeUndefined()
})

test('the popup of a zone overhead says that only the air above is closed', () => {
  const zone = { kind: 'zone', rule: 'keep-out', is_overhead: true, name_ja: '水平表面', name_en: 'Horizontal surface' }

  expect(areaWords(zone, 'ja', translator('ja')).tag).toBe('上空のみ禁止')
})
