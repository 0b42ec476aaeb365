import { build, memberOf } from '../../../reference/arithmetic/array.ts'
import {
  stackedGradient as gradientReference,
  stacked as reference,
} from '../../../reference/rnn/stacked.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { direction, forward } from '../../../spec/rnn/forward.ts'
import { stacked, stackedClause, stackedGradient } from '../../../spec/rnn/stacked.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, numbers, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  backPastMasks,
  dropsNothing,
  firstMaskForAll,
  ignoresPadding,
  masksAreConstant,
  masksStates,
  sameWeights,
  sharesState,
  topLayerOnly,
  transposesBetween,
  transposesWeights,
} from './stacked-faults.ts'
import { backSlips, droppedStep, otherStates, stateSlips } from './stacked-step-faults.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './stacked-steps.ts'

/** Few units of few layers without tanh: states of small whole numbers are exact. */
const exactly = {
  ...stacked,
  usual: [],
  dimensions: {
    ...stacked.dimensions,
    T: free(1, 2, 'time steps'),
    H: free(1, 2, 'units of the state'),
    Layers: free(2, 2, 'layers'),
  },
  parameters: { activation: choice('relu', 'linear'), direction },
}

export const stackedProperties = properties(
  stackedClause,
  whateverPads(stacked, reference),
  whateverPads(stackedGradient, gradientReference),
  agreement(stacked, 'integers', {
    kills: [dropsNothing, sameWeights, sharesState, transposesWeights, masksStates, ignoresPadding],
    share: 0.4,
  }),
  agreement(stacked, 'reals', { kills: [dropsNothing, sameWeights, firstMaskForAll], share: 0.3 }),
  agreement(stackedGradient, 'integers', {
    name: 'gradient-exact',
    kills: [topLayerOnly, backPastMasks, masksAreConstant, transposesBetween],
    // Of a hundred cases three have padding before a step that is none.
    share: 1,
  }),
  agreement(stackedGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [topLayerOnly, masksAreConstant],
    share: 0.2,
  }),
  eachStep('forward', [stateSlips]),
  eachStep('reverse', [stateSlips]),
  eachStepBack('forward', [backSlips, droppedStep]),
  eachStepBack('reverse', [backSlips, droppedStep]),
  eachStateOfGradient('forward', [otherStates]),
  eachStateOfGradient('reverse', [otherStates]),
  law('layer-by-layer', {
    of: exactly,
    asks: [stacked, forward],
    title: 'the states of each layer are those of a recurrent layer over the masked states below',
    kills: [dropsNothing, sameWeights, transposesWeights, masksStates],
    share: 0.2,
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const { h, last } = await measure(stacked, inputs, parameters)
      const { padded, U } = inputs
      const [A, W, b] = [plain(inputs.A), plain(inputs.W), plain(inputs.b)]
      const [h0, masks] = [plain(inputs.h0), plain(inputs.masks)]
      const states = numbers(arithmetic, h)
      const below = build(
        memberOf(states, 0).shape,
        (...at) => masks.at(0, ...at) * states.at(0, ...at),
      )
      const each = await Promise.all(
        [0, 1].map(async (l) => {
          const own = { W: memberOf(W, l), b: memberOf(b, l), h0: memberOf(h0, l), padded }
          const from = l === 0 ? { x: inputs.x, U } : { x: below, U: memberOf(A, 0) }
          const right = await measure(forward, { ...from, ...own }, parameters)
          return [
            { label: `h of layer ${l}`, expected: right.h, actual: memberOf(h, l) },
            { label: `last of layer ${l}`, expected: right.last, actual: memberOf(last, l) },
          ]
        }),
      )
      return each.flat()
    },
  }),
  law('unheard', {
    of: stacked,
    title: 'behind masks of 0, other inputs change nothing of the layers above',
    kills: [dropsNothing],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      const masks = zeros(inputs.masks.shape)
      const before = await measure(stacked, { ...inputs, masks }, parameters)
      const x = changed(inputs.x, (v) => v + 1)
      const after = await measure(stacked, { ...inputs, masks, x }, parameters)
      return [
        {
          label: 'last of layer 1',
          expected: memberOf(before.last, 1),
          actual: memberOf(after.last, 1),
        },
      ]
    },
  }),
  worked('by-hand', {
    of: stacked,
    title: 'two layers of one unit: the mask doubles the first state, and drops the second one',
    kills: [dropsNothing, firstMaskForAll, masksStates],
    inputs: {
      x: tensor([2, 1, 1], [1, 1]),
      U: tensor([1, 1], [1]),
      A: tensor([1, 1, 1], [1]),
      W: tensor([2, 1, 1], [1, 1]),
      b: tensor([2, 1], [0, 0]),
      h0: tensor([2, 1, 1], [0, 0]),
      masks: tensor([1, 2, 1, 1], [2, 0]),
      padded: tensor([2, 1], [0, 0]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    gives: { h: [1, 2, 2, 2], last: [2, 2] },
  }),
)
