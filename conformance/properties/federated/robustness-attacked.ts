import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { array, atLeast, free } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import type { Argument, Comparison } from '../../engine/property.ts'
import { changed, filled, joined, part, plain } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'

const layer = {
  I: free(1, 3, 'features of a point'),
  O: free(1, 3, 'outputs of a model'),
} as const

const models = {
  w: array('the weights of honest models', 'Honest', 'I', 'O'),
  b: array('the biases of honest models', 'Honest', 'O'),
} as const

/** Models of honest clients, as many as there are attackers at least, and `more` of them. */
export const honestSpace = (more: number) => ({
  dimensions: {
    Honest: atLeast(
      (_, { attackers }) => attackers + more,
      2,
      'honest clients',
      `at least the attackers and ${more}`,
    ),
    ...layer,
  },
  inputs: models,
  parameters: { attackers: integer({ min: 1, upTo: 3, max: 3 }) },
})

/** Models of honest clients, and behind them those of attackers, all of whose numbers are the same. */
export function attackedBy(
  honest: Argument,
  attackers: number,
  value: number,
): NumberArray<number> {
  const [, ...shape] = honest.shape
  return joined(0, plain(honest), filled([attackers, ...shape], value))
}

/** Models of honest clients, and behind them those of attackers, who send the first ones times −16. */
export function mirrored(honest: Argument, attackers: number): NumberArray<number> {
  const [, ...shape] = honest.shape
  const first = part(plain(honest), [attackers, ...shape])
  return joined(
    0,
    plain(honest),
    changed(first, (x) => -16 * x),
  )
}

/** How far apart two models are, all of their numbers together. */
export function squaredDistance<T>(
  { multiply, subtract, total }: Arithmetic<T>,
  one: Models<NumberArray<T>>,
  other: Models<NumberArray<T>>,
): T {
  return total(
    (['w', 'b'] as const).flatMap((name) =>
      one[name].data.map((x, at) => {
        const apart = subtract(x, other[name].data[at]!)
        return multiply(apart, apart)
      }),
    ),
  )
}

/** The numbers of each place of some models, in row-major order. */
export function places({ shape: [M], data }: Argument): readonly (readonly number[])[] {
  const size = data.length / M!
  return Array.from({ length: size }, (_, at) =>
    Array.from({ length: M! }, (_, m) => data[m * size + at]!),
  )
}

interface Models<Array> {
  readonly w: Array
  readonly b: Array
}

/** That every number of a model lies between the least and the largest one of honest models. */
export function amongHonest<T>(
  arithmetic: Arithmetic<T>,
  honest: Models<Argument>,
  common: Models<NumberArray<T>>,
): readonly Comparison<T>[] {
  const { exact } = arithmetic
  return (['w', 'b'] as const).flatMap((name) =>
    places(honest[name]).map((numbers, at) =>
      atMost(
        arithmetic,
        `number ${at} of ${name}`,
        exact(Math.min(...numbers)),
        common[name].data[at]!,
        exact(Math.max(...numbers)),
      ),
    ),
  )
}
