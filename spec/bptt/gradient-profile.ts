import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, nonnegative, operation } from '../language/operation.ts'
import { activation, effort, jacobian } from './jacobian.ts'
import { difficulty } from './publications.ts'

const { dimensions, inputs } = jacobian

/** How much of a gradient arrives at every state. */
export const gradientProfile = operation({
  id: 'bptt.gradientProfile',
  title: 'Norms of the gradients by every state',
  level: 'core',
  dimensions: {
    ...dimensions,
    States: derived(({ T }) => T! + 1, 'states, the one before the first step among them'),
  },
  inputs: {
    ...inputs,
    dh: array('the derivative of the loss of each step by its state', 'T', 'N', 'H'),
  },
  parameters: { activation },
  usual: [
    { sizes: { T: 4, N: 1, H: 4 }, parameters: { activation: 'tanh' } },
    { sizes: { T: 10, N: 2, H: 3 }, parameters: { activation: 'tanh' } },
    { sizes: { T: 3, N: 2, H: 3 }, parameters: { activation: 'sigmoid' } },
    { sizes: { T: 4, N: 3, H: 4 }, parameters: { activation: 'relu' } },
    { sizes: { T: 4, N: 1, H: 2 }, parameters: { activation: 'linear' } },
  ],
  work: ({ T, N, I, H }) => T! * N! * H! * (I! + 3 * H!),
  effort: (parameters) => effort(parameters) ?? 4,
  sums: 'Its long sums are of squares, and their roots are what it gives.',
  outputs: { norms: nonnegative('the norm of the gradient by each state', 'States') },
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several steps': ({ sizes }: CaseView) => sizes.T! > 1,
    'several sequences': ({ sizes }: CaseView) => sizes.N! > 1,
    'several units': ({ sizes }: CaseView) => sizes.H! > 1,
    'a gradient at every step': ({ inputs, sizes }: CaseView) => {
      const each = inputs.dh!.data.length / sizes.T!
      const data = Array.from(inputs.dh!.data)
      return Array.from({ length: sizes.T! }, (_, t) => data.slice(t * each, (t + 1) * each)).every(
        (step) => step.some((g) => g !== 0),
      )
    },
    'no gradient': ({ inputs }: CaseView) => inputs.dh!.data.every((g) => g === 0),
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    sigmoid: ({ parameters }: CaseView) => parameters.activation === 'sigmoid',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'no activation': ({ parameters }: CaseView) => parameters.activation === 'linear',
  },
})

export const profile = clause({
  id: 'bptt.gradient-profile',
  title: 'The norm of the gradient by each state shows how far back it reaches',
  kind: 'formula',
  operations: [gradientProfile],
  statement:
    'The gradient by a state is that of the loss at its own step and what comes back from the next one. Its norm, over all sequences of a batch together, is the profile over time. Where the gradient arrives at the last step only, the norm at step $k$ is that of the transposed Jacobian from $k$ to the end times what arrives. Of one unit without activation it is $|a|^{T - k}$ times it.',
  formula: String.raw`p_k = \lVert \nabla_{h^{(k)}} E \rVert,\ k = 0..T,\qquad \nabla_{h^{(k)}} E = \nabla_{h^{(k)}} E^{(k)} + W^\top \operatorname{diag}(\varphi'(a^{(k + 1)}))\, \nabla_{h^{(k + 1)}} E`,
  domain:
    'Any sequences; at the state before the first step there is no loss. Norms are found though squares may leave the range of the numbers, or vanish.',
  conventions: [
    {
      choice: 'The norm is Euclidean, over units and sequences together.',
      others: 'Others print means of magnitudes, or the norms of the gradients by parameters only.',
    },
  ],
  source: {
    notes: [
      [390, 390],
      [395, 395],
    ],
    publications: [{ ...difficulty, where: 'equations 4 and 5' }],
  },
  errata: [],
})
