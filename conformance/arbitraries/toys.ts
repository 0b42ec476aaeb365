/** Small signatures for the tests of this folder, which between them use every feature of the language. */

import {
  array,
  atLeast,
  bits,
  derived,
  free,
  nonnegative,
  type Parameters,
  type Sizes,
} from '../../spec/language/operation.ts'
import {
  alternatives,
  boolean,
  choice,
  integer,
  list,
  pair,
  real,
  record,
  sizes,
  tuple,
} from '../../spec/language/parameter.ts'

const amount = integer({ min: 0, upTo: 2 })

/** Rows or columns of zeros added in all, where the padding says so itself. */
function added(axis: 0 | 1, { padding }: Parameters): number {
  return Array.isArray(padding) ? padding[2 * axis] + padding[2 * axis + 1] : 0
}

function outputs(size: string, kernel: string, axis: 0 | 1) {
  return (the: Sizes, parameters: Parameters) => {
    const stride = parameters.strides[axis]
    if (parameters.padding === 'same') return Math.ceil(the[size] / stride)
    return Math.floor((the[size] + added(axis, parameters) - the[kernel]) / stride) + 1
  }
}

function enough(kernel: string, axis: 0 | 1) {
  return (the: Sizes, parameters: Parameters) =>
    parameters.padding === 'same' ? 1 : the[kernel] - added(axis, parameters)
}

/** Like a convolution: sizes that arrays share, bounds that depend on parameters, alternatives. */
export const convolution = {
  id: 'toy.convolution',
  dimensions: {
    N: free(1, 3, 'batch'),
    H: atLeast(enough('R', 0), 4, 'rows', 'the rows of the kernel'),
    W: atLeast(enough('S', 1), 4, 'columns', 'the columns of the kernel'),
    K: free(1, 4, 'channels'),
    R: free(1, 4, 'rows of the kernel'),
    S: free(1, 4, 'columns of the kernel'),
    Q: free(1, 5, 'filters'),
    P: derived(outputs('H', 'R', 0), 'rows of the output'),
    O: derived(outputs('W', 'S', 1), 'columns of the output'),
  },
  inputs: {
    x: array('the images', 'N', 'H', 'W', 'K'),
    filters: array('the filters', 'R', 'S', 'K', 'Q'),
    bias: array('the bias', 'Q'),
  },
  parameters: {
    strides: pair(integer({ min: 1, upTo: 3 })),
    padding: alternatives(choice('valid', 'same'), tuple(amount, amount, amount, amount)),
  },
}

/** Like the gradient of a pooling: a constraint, derived sizes on an input, sizes as a parameter. */
export const pooling = {
  id: 'toy.pooling',
  dimensions: {
    N: free(1, 4, 'batch'),
    H: atLeast((_, { window }) => window, 5, 'rows', 'the window'),
    C: free(1, 5, 'channels'),
    P: derived((the, { window, stride }) => Math.floor((the.H - window) / stride) + 1, 'outputs'),
  },
  inputs: {
    dy: array('the gradient of the outputs', 'N', 'P', 'C'),
    y: array('the outputs', 'N', 'P', 'C'),
    weights: nonnegative('the weights', 'C'),
  },
  parameters: {
    rows: sizes('H', 'C'),
    window: integer({ min: 1, upTo: 4, max: 9 }),
    stride: integer({ min: 1, upTo: 4 }),
  },
  constraints: [
    {
      says: 'a stride that is not greater than the window',
      argument: 'stride',
      holds: (_: Sizes, { window, stride }: Parameters) => stride <= window,
      repair: (parameters: Parameters) => ({
        ...parameters,
        stride: Math.min(parameters.stride, parameters.window),
      }),
      violate: (parameters: Parameters) => ({ ...parameters, stride: parameters.window + 1 }),
    },
  ],
}

/** Every other kind of parameter, a square array, a single number, and bits. */
export const network = {
  id: 'toy.network',
  dimensions: {
    N: free(1, 3, 'samples'),
    D: free(0, 4, 'features'),
  },
  inputs: {
    square: array('a square matrix', 'D', 'D'),
    mask: bits('the mask', 'N', 'D'),
    scale: array('a single number'),
  },
  parameters: {
    rate: real({ min: 0, max: 1, open: true, from: 0, to: 1, values: [0.5, 0.9] }),
    epsilon: real({ min: 0.1, from: 0.1, to: 0.7 }),
    layers: list(record({ units: integer({ min: 1, upTo: 3 }), bias: boolean }), {
      min: 1,
      max: 3,
    }),
  },
}
