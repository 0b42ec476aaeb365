import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { chainDescent, identityConstruction } from '../../../spec/resnet/degradation.ts'
import { activation, stack } from '../../../spec/resnet/stack.ts'
import { agreement } from '../../kit/agreement.ts'
import { joined, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  forgetsHalf,
  includesOwn,
  oneAfterOther,
  onlyLast,
  vanishes,
} from './degradation-faults.ts'
import { forgetsShortcuts, skipsAlways } from './stack-faults.ts'

type Numbers = NumberArray<number>

const deeper = {
  dimensions: { ...stack.dimensions, M: free(1, 3, 'further layers') },
  inputs: stack.inputs,
  parameters: { activation },
}

/** Layers followed by M others that are a number on the diagonal and nothing else. */
const extended = (
  { weights, biases }: { readonly weights: Numbers; readonly biases: Numbers },
  M: number,
  value: number,
) => {
  const D = biases.shape[1]
  return {
    weights: joined(
      0,
      weights,
      build([M, D, D], (_, i, j) => (i === j ? value : 0)),
    ),
    biases: joined(0, biases, zeros([M, D])),
  }
}

export const degradationProperties = properties(
  identityConstruction,
  equivariance('residual', {
    of: stack,
    within: deeper,
    always: { shortcut: 'identity' },
    title: 'further residual layers of zero weights leave the output as it is, to the bit',
    kills: [forgetsShortcuts],
    toTheBit: true,
    inputs: (layers, { sizes }) => extended(layers, sizes.M, 0),
    compared: ({ y }) => ({ y }),
  }),
  equivariance('plain', {
    of: stack,
    within: deeper,
    always: { shortcut: 'none', activation: 'linear' },
    title: 'further plain layers that are the identity leave the output as it is, to the bit',
    kills: [skipsAlways],
    toTheBit: true,
    inputs: (layers, { sizes }) => extended(layers, sizes.M, 1),
    compared: ({ y }) => ({ y }),
  }),
  agreement(chainDescent, 'integers', {
    kills: [vanishes, onlyLast, oneAfterOther, includesOwn, forgetsHalf],
  }),
  agreement(chainDescent, 'reals', { kills: [includesOwn, forgetsHalf] }),
  worked('larger-gradients-larger-error', {
    of: chainDescent,
    title: '2 · 2 has larger gradients than 4, and a larger error after a step, worked by hand',
    kills: [vanishes, includesOwn, forgetsHalf],
    cases: [
      {
        says: 'one layer',
        inputs: { weights: tensor([1], [4]) },
        parameters: { shortcut: 'none', target: 0, rate: 0.5 },
        gives: { gradient: [4], losses: [8, 2] },
      },
      {
        says: 'two layers',
        inputs: { weights: tensor([2], [2, 2]) },
        parameters: { shortcut: 'none', target: 0, rate: 0.5 },
        gives: { gradient: [8, 8], losses: [8, 8] },
      },
    ],
  }),
  worked('E-14', {
    of: chainDescent,
    title: 'the gradients of the chain that trains worse have not vanished',
    kills: [vanishes],
    inputs: { weights: tensor([2], [2, 2]) },
    parameters: { shortcut: 'none', target: 0, rate: 0.5 },
    // Vanished gradients.
    notes: { gradient: [0, 0] },
    gives: { gradient: [8, 8] },
  }),
)
