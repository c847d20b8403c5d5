import type { FeatureCollection, Position } from 'geojson'
import { expect, test } from 'vitest'
import { boundsOf, boundsOfPositions } from '../src/geometry/bounds'
import { ringCentroid } from '../src/geometry/centroid'
import { visibleLabels } from '../src/geometry/declutter'
import { hatch } from '../src/geometry/hatch'
import { extendTrail, nearDistanceM } from '../src/geometry/trail'

const FUKUE: Position = [128.85228, 32.69676]
const SAGANOSHIMA: Position = [128.60105, 32.72835]

test('bounds hold every position of every geometry', () => {
  const collection: FeatureCollection = {
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [FUKUE, SAGANOSHIMA] } },
      { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [[[[129, 33], [129.1, 33], [129, 33.1], [129, 33]]]] } },
    ],
  }

  expect(boundsOf(collection)).toEqual([128.60105, 32.69676, 129.1, 33.1])
})

test('nothing has no bounds', () => {
  expect(boundsOfPositions([])).toBeNull()
})

test('the distance from Fukue to Saganoshima is about 23.8 km', () => {
  expect(nearDistanceM(FUKUE, SAGANOSHIMA) / 1000).toBeCloseTo(23.8, 1)
})

test('a trail grows by points that are far enough apart', () => {
  const first = extendTrail(undefined, 'S-1', FUKUE)
  const unmoved = extendTrail(first, 'S-1', [128.85229, 32.69676])
  const moved = extendTrail(first, 'S-1', [128.8533, 32.69676])

  expect(unmoved).toBe(first)
  expect(moved.points).toHaveLength(2)
})

test('a new sortie begins a new trail, and the end of one keeps it', () => {
  const old = extendTrail(extendTrail(undefined, 'S-1', FUKUE), 'S-1', SAGANOSHIMA)

  expect(extendTrail(old, null, SAGANOSHIMA)).toBe(old)
  expect(extendTrail(old, 'S-2', FUKUE)).toEqual({ sortieId: 'S-2', points: [FUKUE] })
})

test('the name of a square stands in its middle', () => {
  const { point, area } = ringCentroid([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]])

  expect(point).toEqual([1, 1])
  expect(area).toBe(4)
})

test('a ring without area is named at its first point', () => {
  expect(ringCentroid([[3, 4], [3, 4]]).point).toEqual([3, 4])
})

test('of two labels that overlap the one of higher rank stays', () => {
  const box = (id: string, rank: number, left: number) => ({ id, rank, left, top: 0, right: left + 10, bottom: 10 })

  expect(visibleLabels([box('island', 3, 0), box('hub', 1, 5), box('far', 3, 40)])).toEqual(new Set(['hub', 'far']))
})

test('labels that only touch both stay', () => {
  const box = (id: string, left: number) => ({ id, rank: 1, left, top: 0, right: left + 10, bottom: 10 })

  expect(visibleLabels([box('a', 0), box('b', 10)]).size).toBe(2)
})

test('the hatch goes on without a seam from one tile to the next', () => {
  const { width, data } = hatch(4, 1, [1, 2, 3, 255], [0, 0, 0, 0])
  const isLine = (x: number, y: number) => data[(y * width + (x % width)) * 4 + 3] === 255

  expect([0, 1, 2, 3].map((y) => [0, 1, 2, 3].filter((x) => isLine(x, y)))).toEqual([[0], [3], [2], [1]])
})
