import type { FeatureCollection } from 'geojson'
import { expect, test } from 'vitest'
import { islandNames, routeLines, trailLines } from '../src/map/features'
import { mapStyle } from '../src/map/layers'
import { DAY, NIGHT } from '../src/map/palette'
import { areaWords, siteWords } from '../src/map/popup'
import { byId, initialState, type State } from '../src/model/state'
import { shortNameOf, translator } from '../src/texts'
import { drone, site, sortie } from './things'

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }
const ROUTE: FeatureCollection = {
  type: 'FeatureCollection',
  features: [{ type: 'Feature', properties: { leg: 'out' }, geometry: { type: 'LineString', coordinates: [[128, 32], [129, 33]] } }],
}

function state(changes: Partial<State>): State {
  return { ...initialState('ja', { atMs: 0, heardMs: 0, speedup: 1 }), ...changes }
}

test('the style asks no other host for anything', () => {
  for (const palette of [DAY, NIGHT]) {
    const style = JSON.stringify(mapStyle(palette, { airspace: NOTHING, routes: NOTHING, trails: NOTHING }))

    expect(style).not.toMatch(/https?:|glyphs|sprite/)
    expect(style).toContain('© OpenStreetMap contributors (ODbL)')
  }
})

test('the routes of active sorties are drawn, those of closed ones are not', () => {
  const routes = new Map([['S-1', ROUTE], ['S-2', ROUTE]])
  const shown = state({ routes, sorties: byId([sortie('enroute', 'S-1'), sortie('closed', 'S-2')]) })

  expect(routeLines(shown).features).toHaveLength(1)
})

test('a drone at rest has no track', () => {
  const trails = new Map([['tsubaki-1', { sortieId: 'S-1', points: [[128, 32], [129, 33]] }]])

  expect(trailLines(state({ trails, drones: byId([drone()]) })).features).toHaveLength(1)
  expect(trailLines(state({ trails, drones: byId([drone({ sortie_id: null })]) })).features).toHaveLength(0)
})

test('islands that nobody has named get no label', () => {
  const island = (id: string, name_ja: string): FeatureCollection['features'][number] => ({
    type: 'Feature',
    properties: { kind: 'island', id, name_ja, name_en: id },
    geometry: { type: 'Polygon', coordinates: [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]] },
  })

  const names = islandNames({ type: 'FeatureCollection', features: [island('A', '福江島'), island('B', '無名の小島 44')] })

  expect(names.map((each) => each.id)).toEqual(['A'])
})

const AIRPORT = {
  kind: 'zone', rule: 'keep-out', name_ja: '福江空港', name_en: 'Airport', reason_ja: '法律', reason_en: 'law',
  floor_m: 0, floor_datum: 'AMSL', ceiling_m: 1000, ceiling_datum: 'AMSL',
}

test('a zone says its rule, its reason and its altitudes, in the language asked for', () => {
  expect(areaWords(AIRPORT, 'ja', translator('ja'))).toEqual({ title: '福江空港', tag: '飛行禁止', lines: ['法律', '高度 0–1000 m (海抜)'] })
  expect(areaWords(AIRPORT, 'en', translator('en')).lines[0]).toBe('law')
})

test('a zone with heights over the ground says so', () => {
  const above = { ...AIRPORT, floor_datum: 'AGL', ceiling_m: 150 }

  expect(areaWords(above, 'en', translator('en')).lines[1]).toBe('Altitude 0 m (above ground or sea) – 150 m (above sea)')
})

test('a site without a pad names the pad and the road', () => {
  const hospital = site('GCH', { is_drone_site: false, pad_site_id: 'FKP', road_km: 4.4, note_en: 'inland' })
  const sites = byId([site('FKP'), hospital])

  expect(siteWords(hospital, sites, 'en', translator('en')).lines).toEqual(['FKP Port + by road 4.4 km', 'inland'])
})

test('labels leave out what stands in brackets at the end', () => {
  expect(shortNameOf({ name_ja: '富江病院', name_en: 'Tomie Hospital (55 beds)' }, 'en')).toBe('Tomie Hospital')
})
