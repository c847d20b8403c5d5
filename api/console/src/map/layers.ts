/** What is drawn, in which order: the style of the map as a value. Nothing here comes from another host. */
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification as Filter, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Palette } from './palette'

export const HATCH = 'hatch'
export const ZONE_LAYERS = ['keep-out-fill', 'overhead-fill', 'caution-fill'] as const
export const CORRIDOR_LAYERS = ['corridor-line', 'approach'] as const

export const SOURCES = ['airspace', 'routes', 'trails'] as const
export type SourceName = (typeof SOURCES)[number]
export type MapData = Record<SourceName, FeatureCollection>

const CREDIT = '© OpenStreetMap contributors (ODbL)'

const kind = (value: string): Filter => ['==', ['get', 'kind'], value]
const rule = (value: string): Filter => ['all', kind('zone'), ['==', ['get', 'rule'], value]]
/** Keep-out at the heights of the lanes, or only over them (see overhead.ts). */
const keepOut = (overhead: boolean): Filter => ['all', rule('keep-out'), [overhead ? '==' : '!=', ['get', 'is_overhead'], true]]
const leg = (value: string): Filter => ['==', ['get', 'leg'], value]

/** Metres in one pixel at zoom 0 in the middle of the Goto Islands (32.8° N; the world is 512 px wide). */
const METRES_PER_PIXEL_0 = (40_075_017 / 512) * Math.cos((32.8 * Math.PI) / 180)
const ZOOMS = [7, 16] as const

/** A line as wide as the thing itself: its width doubles with each zoom level. */
function widthOnGround(metres: Filter): Filter {
  const stops = ZOOMS.flatMap((zoom) => [zoom, ['*', metres, 2 ** zoom / METRES_PER_PIXEL_0]])
  return ['interpolate', ['exponential', 2], ['zoom'], ...stops] as Filter
}

function seaAndLand(palette: Palette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    { id: 'boundary', type: 'line', source: 'airspace', filter: kind('boundary'), paint: { 'line-color': palette.boundary, 'line-dasharray': [4, 3], 'line-opacity': 0.6 } },
    { id: 'corridor-line', type: 'line', source: 'airspace', filter: kind('corridor'), layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette.corridor, 'line-width': widthOnGround(['get', 'width_m']) } },
    { id: 'corridor-centre', type: 'line', source: 'airspace', filter: kind('corridor'), paint: { 'line-color': palette.corridorCentre, 'line-width': 1, 'line-dasharray': [2, 3], 'line-opacity': 0.8 } },
    { id: 'land', type: 'fill', source: 'airspace', filter: kind('island'), paint: { 'fill-color': palette.land } },
    { id: 'shore', type: 'line', source: 'airspace', filter: kind('island'), paint: { 'line-color': palette.shore, 'line-width': 1 } },
    { id: 'approach', type: 'line', source: 'airspace', filter: kind('approach'), paint: { 'line-color': palette.corridor, 'line-width': widthOnGround(['*', 2, ['get', 'half_width_m']]) } },
  ]
}

function zones(palette: Palette): LayerSpecification[] {
  return [
    { id: 'caution-fill', type: 'fill', source: 'airspace', filter: rule('caution'), paint: { 'fill-color': palette.caution, 'fill-opacity': 0.18 } },
    { id: 'caution-edge', type: 'line', source: 'airspace', filter: rule('caution'), paint: { 'line-color': palette.cautionEdge, 'line-width': 1.2, 'line-dasharray': [3, 2] } },
    { id: 'overhead-fill', type: 'fill', source: 'airspace', filter: keepOut(true), paint: { 'fill-color': palette.keepOut, 'fill-opacity': 0.05 } },
    { id: 'overhead-edge', type: 'line', source: 'airspace', filter: keepOut(true), paint: { 'line-color': palette.keepOut, 'line-width': 1, 'line-dasharray': [1.5, 2], 'line-opacity': 0.6 } },
    { id: 'keep-out-tint', type: 'fill', source: 'airspace', filter: keepOut(false), paint: { 'fill-color': palette.keepOut, 'fill-opacity': 0.08 } },
    { id: 'keep-out-fill', type: 'fill', source: 'airspace', filter: keepOut(false), paint: { 'fill-pattern': HATCH } },
    { id: 'keep-out-edge', type: 'line', source: 'airspace', filter: keepOut(false), paint: { 'line-color': palette.keepOut, 'line-width': 1.4 } },
  ]
}

function flights(palette: Palette): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    { id: 'route-casing', type: 'line', source: 'routes', layout: round, paint: { 'line-color': palette.casing, 'line-width': 7, 'line-opacity': 0.8 } },
    { id: 'way-out', type: 'line', source: 'routes', filter: leg('out'), layout: round, paint: { 'line-color': palette.wayOut, 'line-width': 3.5, 'line-offset': -1.5 } },
    { id: 'way-home', type: 'line', source: 'routes', filter: leg('home'), layout: { 'line-join': 'round' }, paint: { 'line-color': palette.wayHome, 'line-width': 3, 'line-dasharray': [1.6, 1.6], 'line-offset': -2.5 } },
    { id: 'trail', type: 'line', source: 'trails', layout: round, paint: { 'line-color': palette.trail, 'line-width': 4 } },
  ]
}

export function mapStyle(palette: Palette, data: MapData): StyleSpecification {
  return {
    version: 8,
    sources: {
      airspace: { type: 'geojson', data: data.airspace, attribution: CREDIT },
      routes: { type: 'geojson', data: data.routes },
      trails: { type: 'geojson', data: data.trails },
    },
    layers: [...seaAndLand(palette), ...zones(palette), ...flights(palette)],
  }
}
