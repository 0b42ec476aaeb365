import { mapValues } from '../../conformance/base/records.ts'
import type { Evaluate, Inputs, Outputs } from '../../conformance/engine/implementation.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { rightly } from './mistake.ts'

/**
 * A kernel that computes nothing of what it is asked. It knows the shapes of the right answer and
 * rejects what is to be rejected, so that nothing but its numbers gives it away.
 */
export interface NullKernel {
  readonly says: string
  /** Whether the operation has what this one needs. */
  readonly fits: (operation: Operation) => boolean
  readonly make: (operation: Operation) => Evaluate
}

type Fill = (right: Tensor, name: string, inputs: Inputs) => ArrayLike<number>

/** Answers of the right shapes with other elements. */
function filling(begin: () => Fill) {
  return (operation: Operation): Evaluate => {
    const right = rightly(operation)
    const fill = begin()
    return async (inputs, parameters): Promise<Outputs> => {
      const answer = await right(inputs, parameters)
      const filled: Record<string, Tensor> = {}
      for (const [name, tensor] of Object.entries(answer)) {
        const data = Float32Array.from(fill(tensor, name, inputs))
        filled[name] = { dtype: 'float32', shape: tensor.shape, data }
      }
      return filled
    }
  }
}

/** An element a place, the given ones over and over. */
function around(given: ArrayLike<number>, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (given.length > 0 ? given[i % given.length] : 0))
}

/** What gives its numbers in the order in which it was given them is right when it gives its input. */
const copies = new Set(['cnn.flatten', 'cnn.flattenGradient'])
const hasInputs = ({ id, inputs }: Operation) => Object.keys(inputs).length > 0 && !copies.has(id)
const hasBatch = ({ inputs, outputs }: Operation) =>
  inputs.x?.axes[0] === 'N' && Object.values(outputs).some(({ axes }) => axes[0] === 'N')

/** What memory holds that nobody wrote: numbers that look like one, and some that do not. */
const poison = [Number.NaN, -6.2598534e18, 3.0316488e-13, Number.POSITIVE_INFINITY, 1.4e-45]

export const nullKernels: readonly NullKernel[] = [
  {
    says: 'zeros',
    fits: () => true,
    make: filling(
      () =>
        ({ data }) =>
          data.map(() => 0),
    ),
  },
  {
    says: 'a constant',
    fits: () => true,
    make: filling(
      () =>
        ({ data }) =>
          data.map(() => 1),
    ),
  },
  {
    says: 'its input',
    fits: hasInputs,
    make: filling(
      () =>
        ({ data }, _, inputs) =>
          around(Object.values(inputs)[0].data, data.length),
    ),
  },
  {
    says: 'the answer before',
    fits: () => true,
    make: filling(() => {
      const before = new Map<string, ArrayLike<number>>()
      return ({ data }, name) => {
        const old = before.get(name) ?? []
        before.set(name, data)
        return around(old, data.length)
      }
    }),
  },
  {
    says: 'the first image for all',
    fits: hasBatch,
    make: filling(() => ({ shape, data }, _, inputs) => {
      const images = inputs.x.shape[0]
      return shape[0] === images ? around(data.slice(0, data.length / images), data.length) : data
    }),
  },
  {
    says: 'half of the gradient',
    fits: ({ level }) => level === 'gradients',
    make: filling(
      () =>
        ({ data }) =>
          data.map((value) => value / 2),
    ),
  },
  {
    says: 'a buffer that nobody wrote',
    fits: () => true,
    make: filling(
      () =>
        ({ data }) =>
          around(poison, data.length),
    ),
  },
]

/** The null kernels of an operation, as wrong implementations by what they give. */
export function nullKernelsOf(operation: Operation): Readonly<Record<string, Evaluate>> {
  const fitting = nullKernels.filter(({ fits }) => fits(operation))
  const byName = Object.fromEntries(fitting.map((kernel) => [kernel.says, kernel]))
  return mapValues(byName, ({ make }) => make(operation))
}
