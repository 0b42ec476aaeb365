import type { Space } from '../../spec/language/operation.ts'
import { hasAllowedElements } from './allowed.ts'
import { type Case, elementsOf } from './case.ts'
import { decrements } from './decrements.ts'
import { reflowed, type Two } from './kept.ts'
import { isOf, leastOf, remade } from './remade.ts'

/** Cases of so many elements are read at a glance: they keep their proportions. */
const few = 64

/**
 * Cases of fewer elements to try on a failing one of many, which is wrong from some number of elements on
 * along several axes together: 9 × 8 cannot lose a row or a column where 65 are needed, yet 5 × 13 are
 * enough. The elements stay in their order, the first or the last of them. Of as many along two axes the
 * nearest to a square comes first.
 *
 * Each has fewer elements than the case itself, or as many along fewer axes, so that taking one that still
 * fails, and going on from it, ends; sizes may become larger, and so they come after all cases that
 * `smallerCases` gives.
 */
export function* exchangedSizes(space: Space, failing: Case): Generator<Case> {
  if (elementsOf(failing) <= few || !isOf(space, failing)) return
  const { sizes, parameters } = failing
  const pairs = pairsOf(space)
  // An axis of size 1 leaves the other alone: that is of use only once something was exchanged.
  const isAlone = (axes: Two<string>) => axes.some((symbol) => sizes[symbol] === 1)
  const ordered = [...pairs.filter((axes) => !isAlone(axes)), ...pairs.filter(isAlone)]
  for (const axes of ordered) {
    const was = [sizes[axes[0]]!, sizes[axes[1]]!] as const
    for (const is of exchanges(...was)) {
      if (axes.some((symbol, i) => is[i]! < leastOf(space, symbol))) continue
      const wanted = { ...sizes, [axes[0]]: is[0], [axes[1]]: is[1] }
      for (const from of ['first', 'last'] as const) {
        const other = remade(space, failing, wanted, parameters, (tensor, named, shape) =>
          reflowed(tensor, named, shape, { axes, was, is }, from),
        )
        if (other === null || !isLess(other, failing)) continue
        if (hasAllowedElements(space, other)) yield other
      }
    }
  }
}

function isLess(one: Case, other: Case): boolean {
  const more = elementsOf(other) - elementsOf(one)
  return more > 0 || (more === 0 && axesOf(one) < axesOf(other))
}

/** All pairs of axes whose sizes are drawn, as some array has them: the slower one first. */
function pairsOf(space: Space): readonly Two<string>[] {
  const pairs = new Map<string, Two<string>>()
  for (const { axes } of Object.values(space.inputs)) {
    const own = axes.filter((symbol) => space.dimensions[symbol]!.kind !== 'derived')
    for (const [i, slow] of own.entries()) {
      for (const fast of own.slice(i + 1)) {
        if (slow !== fast) pairs.set(`${slow} ${fast}`, [slow, fast])
      }
    }
  }
  return [...pairs.values()]
}

/**
 * Other sizes of two axes, with as many elements or fewer: by less than the smaller size where both are
 * more than 1, since either axis would have become less by itself otherwise.
 */
function* exchanges(p: number, q: number): Generator<Two<number>> {
  const most = Math.min(p, q) > 1 ? Math.min(p, q) - 1 : Math.max(p, q) - 1
  for (const by of [...decrements(most), 0]) {
    const product = p * q - by
    for (let less = Math.floor(Math.sqrt(product)); less >= 1; less--) {
      if (product % less !== 0) continue
      const more = product / less
      yield [less, more]
      if (less !== more) yield [more, less]
    }
  }
}

/** How many of its sizes are more than 1. */
function axesOf({ sizes }: Case): number {
  return Object.values(sizes).filter((size) => size > 1).length
}
