import { clause } from '../language/clause.ts'
import { array, type CaseView, free, operation, type Sizes } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { deepLearning, difficulty } from './publications.ts'

const dimensions = {
  I: free(1, 3, 'units of the input'),
  H: free(1, 4, 'units of the state'),
} as const

/** The gradients of all parameters of a recurrent layer. */
const gradients = {
  dU: array('the gradient by the weights from the input to the state', 'H', 'I'),
  dW: array('the gradient by the weights from state to state', 'H', 'H'),
  db: array('the gradient by the biases', 'H'),
} as const

const work = ({ I, H }: Sizes) => H! * (I! + H! + 1)

function normOf(inputs: CaseView['inputs'], names: readonly string[]): number {
  return Math.hypot(...names.flatMap((name) => Array.from(inputs[name]!.data)))
}
const all = ['dU', 'dW', 'db'] as const
const largestOf = ({ inputs }: CaseView) =>
  Math.max(...all.flatMap((name) => Array.from(inputs[name]!.data)).map(Math.abs))

/** Gradients of a layer, made shorter together where they are longer than a threshold. */
export const clipByNorm = operation({
  id: 'bptt.clipByNorm',
  title: 'Clipping of gradients by their norm',
  level: 'core',
  dimensions,
  inputs: gradients,
  parameters: {
    threshold: real({ min: 0, open: true, from: 0.01, to: 20, values: [0.25, 1, 5] }),
  },
  usual: [
    { parameters: { threshold: 1 } },
    { parameters: { threshold: 5 } },
    { parameters: { threshold: 0.25 }, sizes: { I: 3, H: 4 } },
  ],
  work,
  effort: () => 8,
  sums: 'Its one long sum is of squares, and its root is in every output.',
  outputs: {
    ...gradients,
    norm: array('the norm of all gradients together, before'),
  },
  classes: {
    'beyond the threshold': ({ inputs, parameters }: CaseView) =>
      normOf(inputs, all) > parameters.threshold,
    'within the threshold': ({ inputs, parameters }: CaseView) =>
      normOf(inputs, all) > 0 && normOf(inputs, all) < parameters.threshold,
    'beyond it all together, and none alone': ({ inputs, parameters }: CaseView) =>
      normOf(inputs, all) > parameters.threshold &&
      all.every((name) => normOf(inputs, [name]) < parameters.threshold),
    'no gradient': (the: CaseView) => largestOf(the) === 0,
    'squares that leave the range': (the: CaseView) => largestOf(the) > 2 ** 64,
    'a square that vanishes': ({ inputs }: CaseView) =>
      all.some((name) =>
        Array.from(inputs[name]!.data).some((g) => g !== 0 && Math.abs(g) < 2 ** -64),
      ),
  },
})

/** Gradients of a layer, each number of them between two limits. */
export const clipByValue = operation({
  id: 'bptt.clipByValue',
  title: 'Clipping of gradients by value',
  level: 'core',
  dimensions,
  inputs: gradients,
  parameters: { limit: real({ min: 0, open: true, from: 0.01, to: 20, values: [0.5, 1, 5] }) },
  usual: [
    { parameters: { limit: 1 } },
    { parameters: { limit: 0.5 } },
    { parameters: { limit: 5 }, sizes: { I: 3, H: 4 } },
  ],
  work,
  outputs: gradients,
  classes: {
    'all within the limits': (the: CaseView) => largestOf(the) <= the.parameters.limit,
    'some beyond': (the: CaseView) => largestOf(the) > the.parameters.limit,
    'at the limit': ({ inputs, parameters }: CaseView) =>
      all.some((name) =>
        Array.from(inputs[name]!.data).some((g) => Math.abs(g) === parameters.limit),
      ),
  },
})

export const clipping = clause({
  id: 'bptt.clipping',
  title: 'Clipped gradients are the nearest ones that are not too large',
  kind: 'formula',
  operations: [clipByNorm, clipByValue],
  statement:
    'By norm, the gradients of all parameters together are taken for one vector $g$; where it is longer than $\\theta$, it is made as long as $\\theta$, and keeps its direction. By value, each number that is beyond $\\pm c$ becomes $\\pm c$, so that signs are kept and directions are not. Both are projections, on a ball and on a cube: what is inside stays as it is, twice is the same as once, and no two gradients come to lie farther apart.',
  formula: String.raw`g \leftarrow g\,\min\Bigl(1, \frac{\theta}{\lVert g \rVert_2}\Bigr),\quad g = (\nabla_U E, \nabla_W E, \nabla_b E);\qquad g_i \leftarrow \min(\max(g_i, -c), c)`,
  domain:
    'Finite gradients, all of them 0 included, and thresholds above 0. The norm is that of the gradients, though their squares may leave the range of the numbers.',
  conventions: [
    {
      choice: 'One norm over the gradients of all parameters.',
      others:
        'Keras and Optax can clip each array by its own norm, which changes the direction of all of them together.',
    },
    {
      choice: 'No small number is added to the norm.',
      others: 'PyTorch adds $10^{-6}$ to it before it divides.',
    },
    {
      choice: 'The norm is found whatever its square is.',
      others:
        'PyTorch and TensorFlow add squares up as they are: beyond $2^{64}$ in single precision the norm is infinite, and gradients become 0 or NaN.',
    },
  ],
  evaluations: [
    { way: 'the threshold times the smaller one of $1 / \\lVert g \\rVert$ and $1 / \\theta$' },
  ],
  source: {
    notes: [[382, 382]],
    publications: [
      { ...difficulty, where: 'algorithm 1' },
      { ...deepLearning, where: 'equations 10.48 and 10.49' },
    ],
  },
  errata: [],
})
