import type { Parameters, Sizes } from '../../spec/language/operation.ts'
import type { Recipe, Values } from './case.ts'
import { type DistributionKind, distributionNames, kindOf } from './distributions.ts'
import { stream } from './random.ts'

/** In turn, so that few cases have numbers of many kinds, from what tells most to what tells least. */
const turns: readonly DistributionKind[] = [
  'whole numbers',
  'any numbers',
  'one sign',
  'extremes',
  'equal numbers',
  'mostly zeros',
]

/** Cases of given sizes and parameters, without end: each with numbers of another kind than the one before. */
export function* recipesOf(
  { sizes, parameters }: { readonly sizes: Sizes; readonly parameters: Parameters },
  values: Values,
  seed: number,
): Generator<Recipe, never> {
  const random = stream(seed, 'own size')
  const names = distributionNames(values)
  const kinds = turns.filter((kind) => names.some((name) => kindOf(name) === kind))
  for (let i = 0; ; i++) {
    const ofKind = names.filter((name) => kindOf(name) === kinds[i % kinds.length])
    const distribution = ofKind[random.below(ofKind.length)]!
    yield { sizes, parameters, distribution, seed: random.below(2 ** 31) }
  }
}
