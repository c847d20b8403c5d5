/** Hides the names on the map that would cover others. */
import { visibleLabels, type LabelBox } from '../geometry/declutter'

const MARGIN_PX = 3

export interface RankedPin {
  id: string
  rank: number
  element: HTMLElement
}

function boxOf({ id, rank, element }: RankedPin): LabelBox | null {
  const label = element.querySelector('.pin-label')
  if (!label) return null
  const { left, top, right, bottom } = label.getBoundingClientRect()
  if (right === left) return null
  return { id, rank, left: left - MARGIN_PX, top: top - MARGIN_PX, right: right + MARGIN_PX, bottom: bottom + MARGIN_PX }
}

export function declutter(pins: readonly RankedPin[]): void {
  const boxes = pins.map(boxOf).filter((box) => box !== null)
  const visible = visibleLabels(boxes)
  for (const pin of pins) pin.element.classList.toggle('is-crowded', !visible.has(pin.id))
}
