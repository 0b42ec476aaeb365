import { clause } from '../language/clause.ts'
import { type CaseView, operation, type Parameters, type Sizes } from '../language/operation.ts'
import { integer } from '../language/parameter.ts'
import { loss, lossGradient, ofExponentials } from './loss.ts'

const wideEnough = {
  says: 'windows that leave no step out',
  argument: 'every',
  holds: (_: unknown, { every, window }: Parameters) => every <= window,
  repair: (parameters: Parameters) => ({
    ...parameters,
    every: Math.min(parameters.every, parameters.window),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, every: parameters.window + 1 }),
}

/** The steps of all passes together. */
function stepsBack({ T }: Sizes, { every, window }: Parameters): number {
  return T! + Math.ceil(T! / every) * Math.min(window, T!)
}

const work = (sizes: Sizes, parameters: Parameters) => {
  const { N, I, H, O } = sizes
  return 4 * stepsBack(sizes, parameters) * N! * H! * (I! + H! + O!)
}

const { inputs, outputs } = lossGradient
const windowed = { activation: 'tanh', window: 2, every: 1 } as const

/** Gradients of the loss of a recurrent network that go back through a few steps only. */
export const truncatedGradient = operation({
  id: 'bptt.truncatedGradient',
  title: 'Gradients of truncated back-propagation through time',
  level: 'core',
  dimensions: lossGradient.dimensions,
  inputs,
  parameters: {
    ...loss.parameters,
    window: integer({ min: 1, upTo: 4 }),
    every: integer({ min: 1, upTo: 4 }),
  },
  constraints: [wideEnough],
  usual: [
    { sizes: { T: 4, N: 1 }, parameters: windowed },
    { sizes: { T: 6, N: 2, H: 3, O: 3 }, parameters: { ...windowed, window: 3, every: 3 } },
    { sizes: { T: 10, N: 1, I: 1, H: 4, O: 2 }, parameters: { ...windowed, window: 4, every: 2 } },
    { sizes: { T: 3, N: 2, H: 2, O: 2 }, parameters: { ...windowed, window: 3 } },
    // A sequence that ends before a window does.
    { sizes: { T: 3, N: 2, H: 2, O: 2 }, parameters: { ...windowed, window: 5 } },
  ],
  work,
  effort: () => 16,
  saturating: ['x', 'U', 'W', 'b', 'h0', 'V', 'c'],
  sums: ofExponentials,
  outputs,
  classes: {
    'one step': ({ sizes }: CaseView) => sizes.T === 1,
    'several sequences': ({ sizes }: CaseView) => sizes.N! > 1,
    'windows as long as the sequence, or longer': ({ sizes, parameters }: CaseView) =>
      parameters.window >= sizes.T!,
    'shorter windows': ({ sizes, parameters }: CaseView) => parameters.window < sizes.T!,
    'windows of one step': ({ parameters }: CaseView) => parameters.window === 1,
    'a window for every step': ({ parameters: { window, every } }: CaseView) =>
      every === 1 && window > 1,
    'windows side by side': ({ parameters: { window, every } }: CaseView) =>
      every === window && window > 1,
    'windows that overlap': ({ parameters: { window, every } }: CaseView) =>
      every > 1 && every < window,
    'steps left over for the last window': ({ sizes, parameters: { every } }: CaseView) =>
      sizes.T! % every > 0,
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    'no activation': ({ parameters }: CaseView) => parameters.activation === 'linear',
  },
})

export const truncated = clause({
  id: 'bptt.truncated',
  title: 'Truncated back-propagation through time forgets what lies too far back',
  kind: 'algorithm',
  operations: [truncatedGradient, lossGradient],
  statement:
    'After every $k$ steps, and after the last one, a pass goes back through $K$ steps, with the losses of the steps since the pass before. States are those of the whole sequence; what lies before a window counts as a constant. The gradients by the output weights do not depend on the windows. Those by all other weights lack what goes back farther, and are the whole gradient where a window is as long as the sequence.',
  formula: String.raw`\nabla_W E \approx \sum_{s} \sum_{t = \max(1, e(s) - K + 1)}^{s} \Bigl(\frac{\partial E^{(s)}}{\partial h^{(t)}}\Bigr)^{\!\top} \frac{\partial^+ h^{(t)}}{\partial W},\qquad e(s) = \min\bigl(T, k \lceil s / k \rceil\bigr),\quad k \le K`,
  domain: 'Any sequences, and windows that leave no step out.',
  conventions: [
    {
      choice:
        'Both numbers are given: windows side by side are $k = K$, one for every step is $k = 1$.',
      others:
        'Libraries most often cut the sequence into pieces and stop gradients between them, which is $k = K$.',
    },
    {
      choice:
        'The gradient by the first state is what arrives there through windows that begin with the first step.',
      others:
        'Where each piece begins with a state that is given, nothing arrives from later pieces.',
    },
  ],
  source: {
    notes: [
      [380, 380],
      [390, 390],
    ],
    publications: [
      {
        title:
          'Williams, Peng (1990), An efficient gradient-based algorithm for on-line training of recurrent network trajectories',
        where: 'the algorithm BPTT(h; h′)',
      },
    ],
  },
  errata: [],
})
