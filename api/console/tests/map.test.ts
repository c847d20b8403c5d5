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

test('a zone says its rule, its reason and its altitudes', () => {
  const zone = { kind: 'zone', rule: 'keep-out', name_ja: '福江空港', name_en: 'Airport', reason: 'law', floor_amsl_m: 0, ceiling_amsl_m: 1000 }

  expect(areaWords(zone, 'ja', translator('ja'))).toEqual({ title: '福江空港', tag: '飛行禁止', lines: ['law', '高度 0–1000 m (海抜)'] })
})

test('a Japanese reason is preferred where there is one', () => {
  const zone = { kind: 'zone', rule: 'caution', name_ja: '港', name_en: 'Port', reason: 'ships', reason_ja: '船舶' }

  expect(areaWords(zone, 'ja', translator('ja')).lines).toEqual(['船舶'])
})

test('a site without a pad names the pad and the road', () => {
  const hospital = site('GCH', { is_drone_site: false, pad_site_id: 'FKP', road_km: 4.4, note_en: 'inland' })
  const sites = byId([site('FKP'), hospital])

  expect(siteWords(hospital, sites, 'en', translator('en')).lines).toEqual(['FKP Port + by road 4.4 km', 'inland'])
})

test('labels leave out what stands in brackets at the end', () => {
  expect(shortNameOf({ name_ja: '富江病院', name_en: 'Tomie Hospital (55 beds)' }, 'en')).toBe('Tomie Hospital')
})
