import { build, type NumberArray } from '../../reference/arithmetic/array.ts'
import type { Reference } from '../../reference/reference.ts'
import type { ArrayInput, Operation } from '../../spec/language/operation.ts'
import type { Definition } from './definition.ts'
import { equivariance } from './equivariance.ts'
import { faultsOf } from './faults.ts'

/** An operation on sequences, some steps of which are padding. */
type OnSequences = Operation & {
  readonly inputs: { readonly x: ArrayInput; readonly padded: ArrayInput }
}
type Sequences = Readonly<Record<'x' | 'padded', NumberArray<number>>>

/**
 * What stands at steps that are padding has no influence, were it no number: code that multiplies it by 0
 * instead of leaving it out gives NaN, and code that takes it in gives another answer. NaN alone would get
 * lost where a maximum is taken, so that large numbers stand between.
 */
export function whateverPads<O extends OnSequences>(of: O, reference: Reference<O>): Definition {
  return equivariance(of.id.endsWith('Gradient') ? 'whatever-pads-gradient' : 'whatever-pads', {
    of,
    title: `${of.id}: what stands in the padding has no influence, NaN included`,
    kills: [multipliesPadding(of, reference)],
    share: 0.2,
    toTheBit: true,
    inputs: (inputs) => {
      const { x, padded } = inputs as unknown as Sequences
      const inPlaceOf = (n: number, i: number) => ((n + i) % 2 === 0 ? Number.NaN : 2 ** 100)
      return {
        x: build(x.shape, (t, n, i) => (padded.at(t, n) === 1 ? inPlaceOf(n, i) : x.at(t, n, i))),
      } as object
    },
  })
}

function multipliesPadding<O extends OnSequences>(of: O, reference: Reference<O>) {
  return faultsOf(of, reference).outputs(
    'multiplies what stands in the padding by 0',
    (outputs, { inputs }) => {
      const { x, padded } = inputs as unknown as Sequences
      const [T, N, I] = x.shape as readonly [number, number, number]
      let added = 0
      for (let t = 0; t < T; t++) {
        for (let n = 0; n < N; n++) {
          for (let i = 0; i < I; i++) if (padded.at(t, n) === 1) added += 0 * x.at(t, n, i)
        }
      }
      const [name, first] = Object.entries(outputs)[0] as [string, NumberArray<number>]
      return { [name]: build(first.shape, (...at) => first.at(...at) + added) } as object
    },
  )
}
