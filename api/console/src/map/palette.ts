/** The colours of the map, by day and by night. */
import type { Rgba } from '../geometry/hatch'

export interface Palette {
  sea: string
  land: string
  shore: string
  corridor: string
  corridorCentre: string
  keepOut: string
  keepOutHatch: Rgba
  caution: string
  cautionEdge: string
  boundary: string
  wayOut: string
  wayHome: string
  casing: string
  trail: string
}

export const DAY: Palette = {
  sea: '#d3e4ed',
  land: '#f3f1e7',
  shore: '#9db1a6',
  corridor: '#a8cce1',
  corridorCentre: '#3f86ad',
  keepOut: '#c0203f',
  keepOutHatch: [192, 32, 63, 105],
  caution: '#e0a400',
  cautionEdge: '#a97800',
  boundary: '#6d8596',
  wayOut: '#0b4a7a',
  wayHome: '#5f3f95',
  casing: '#ffffff',
  trail: '#c0123c',
}

export const NIGHT: Palette = {
  sea: '#0d2233',
  land: '#2b3a3b',
  shore: '#5c7571',
  corridor: '#1c4d6b',
  corridorCentre: '#4b98c2',
  keepOut: '#ff6f86',
  keepOutHatch: [255, 111, 134, 100],
  caution: '#e8b93a',
  cautionEdge: '#e8b93a',
  boundary: '#6d8aa0',
  wayOut: '#7cc7ff',
  wayHome: '#c9a8ff',
  casing: '#07141f',
  trail: '#ff5c7a',
}
