import { gradientName } from '../../spec/language/gradient.ts'
import type { Operation, ParametersOf, Space } from '../../spec/language/operation.ts'
import type { Bench } from '../engine/property.ts'
import { scalar } from './arrays.ts'
import type { Common, Definition } from './definition.ts'
import { inner } from './inner.ts'
import { law } from './law.ts'

/** The inputs of one layer: those that its own input is multiplied by, and those that are added. */
export interface Layer {
  readonly weights: readonly string[]
  readonly biases?: readonly string[]
}

/**
 * Layers of degree one, each without its biases in its weights and in its input alike.
 *
 * By Euler's theorem on homogeneous functions, weights times their gradients add up to the output
 * times its gradient, and so, layer by layer, to the input times its own:
 *
 *     ⟨y, dy⟩ = Σ ⟨W, dW⟩ + Σ ⟨b, db⟩ of the last layer,
 *     Σ ⟨W, dW⟩ of a layer = Σ ⟨W, dW⟩ + Σ ⟨b, db⟩ of the layer before.
 *
 * Of a single linear layer this is adjointness: ⟨W x, dy⟩ = ⟨W, dW⟩ = ⟨x, dx⟩.
 *
 * `layers` begins with the last layer, and ends with the input of the first as one without biases.
 * The gradient by an input `filters` is the output `dFilters`.
 */
export function degreeOne<F extends Operation, G extends Operation>(
  name: string,
  forward: F,
  gradient: G,
  {
    within = gradient,
    always,
    layers,
    ...common
  }: Common & {
    /** A space narrower than that of the gradient. */
    readonly within?: Space
    /** Parameters that are the same in every case, where the space does not draw them. */
    readonly always?: Partial<ParametersOf<F>>
    readonly layers: readonly Layer[]
  },
): Definition {
  return law(name, {
    ...common,
    of: within,
    asks: [forward, gradient],
    async holds<T>({ arithmetic, array, inputs, measure, ...bench }: Bench<T, Space>) {
      const given = { ...bench.parameters, ...always }
      const { dy, ...before } = inputs
      const { y } = await measure<Operation>(forward, before, given)
      const d = await measure<Operation>(gradient, inputs, given)
      const times = (names: readonly string[] = []) =>
        names
          // By an array that is left out no derivative is asked for: it is zeros.
          .filter((input) => gradientName(input) in d)
          .map((input) => inner(arithmetic, array(input), d[gradientName(input)]!))
      let expected = inner(arithmetic, y!, array('dy'))
      let other = '⟨y, dy⟩'
      return layers.map(({ weights, biases }) => {
        const byWeights = arithmetic.total(times(weights))
        const actual = arithmetic.total([...times(weights), ...times(biases)])
        const sum = (names: readonly string[]) => names.map((w) => `⟨${w}, d${w}⟩`).join(' + ')
        const label = sum([...weights, ...(biases ?? [])])
        const sides = { actual: label, expected: other }
        const comparison = { label, sides, expected: scalar(expected), actual: scalar(actual) }
        expected = byWeights
        other = sum(weights)
        return comparison
      })
    },
  })
}
