/** A seamless diagonal hatch, made of pixels so that no image file is needed. */

export interface Pixels {
  width: number
  height: number
  data: Uint8ClampedArray
}

export type Rgba = readonly [number, number, number, number]

/** Lines of `stroke` pixels on a tile of `size`: each tile continues in the next. */
export function hatch(size: number, stroke: number, line: Rgba, ground: Rgba): Pixels {
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const onLine = (x + y) % size < stroke
      data.set(onLine ? line : ground, (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}
