import { expect, test } from 'vitest'
import { band, distance, energy, mass, percent, shortHash, speed } from '../src/format/quantity'

test.each([
  [distance(0), '0 m'],
  [distance(999.4), '999 m'],
  [distance(84_230), '84.2 km'],
  [mass(1.2), '1.2 kg'],
  [mass(2), '2 kg'],
  [mass(0.1 + 0.2), '0.3 kg'],
  [percent(0.805), '81%'],
  [energy(505.4), '505 Wh'],
  [speed(24.9), '25 m/s'],
  [band(50, 70), '50–70 m'],
  [shortHash('9f2c41d07be85a13c81a'), '9f2c 41d0 7be8'],
])('%s is written as %s', (written, expected) => {
  expect(written).toBe(expected)
})
