/** Quantities with their units, short enough for a wall screen. */

const KILOMETRE_M = 1000

function rounded(value: number, digits: number): string {
  return value.toFixed(digits)
}

/** Metres up to one kilometre, then kilometres with one decimal. */
export function distance(metres: number): string {
  return metres < KILOMETRE_M ? `${rounded(metres, 0)} m` : `${rounded(metres / KILOMETRE_M, 1)} km`
}

/** Kilograms without trailing zeros: 1.2 kg, 2 kg. */
export function mass(kilograms: number): string {
  return `${Number(kilograms.toFixed(2))} kg`
}

export function percent(fraction: number): string {
  return `${rounded(fraction * 100, 0)}%`
}

export function energy(wattHours: number): string {
  return `${rounded(wattHours, 0)} Wh`
}

export function speed(metresPerSecond: number): string {
  return `${rounded(metresPerSecond, 0)} m/s`
}

export function altitude(metres: number): string {
  return `${rounded(metres, 0)} m`
}

export function band(floorM: number, ceilingM: number): string {
  return `${rounded(floorM, 0)}–${rounded(ceilingM, 0)} m`
}

/** A hash as people compare it: the first twelve characters in groups of four. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ')
}
