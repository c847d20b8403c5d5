/** Which labels may be shown so that none covers another. */

export interface LabelBox {
  id: string
  /** The lower number is placed first. */
  rank: number
  left: number
  top: number
  right: number
  bottom: number
}

function overlap(a: LabelBox, b: LabelBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** The ids of the labels that fit, chosen greedily by rank (equal ranks: by id, so that nothing flickers). */
export function visibleLabels(boxes: readonly LabelBox[]): Set<string> {
  const placed: LabelBox[] = []
  const inOrder = [...boxes].sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id))
  for (const box of inOrder) {
    if (!placed.some((other) => overlap(box, other))) placed.push(box)
  }
  return new Set(placed.map((box) => box.id))
}
