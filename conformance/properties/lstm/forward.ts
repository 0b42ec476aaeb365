import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  forwardGradient as gradientReference,
  forward as reference,
} from '../../../reference/lstm/forward.ts'
import { free } from '../../../spec/language/operation.ts'
import { forward, forwardGradient, gradient, sequence } from '../../../spec/lstm/forward.ts'
import { agreement } from '../../kit/agreement.ts'
import { numbers, permuted, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import {
  alwaysForwards,
  biasesForget,
  candidateLast,
  cellSlips,
  forgetsCell,
  forgetsState,
  ignoresPadding,
  inOrderDone,
  lastInTime,
  looksAhead,
  orderOfOnnx,
  orderOfTensorFlow,
  peepholesOfOnnx,
  resetsAtPadding,
  sharesBias,
  sharesFirstCell,
  stateSlips,
  swapsStates,
  transposesWeights,
  weighsByTime,
  withoutBiases,
  withoutPeepholes,
} from './forward-faults.ts'
import {
  averagesSequences,
  backCellSlips,
  backSlips,
  cellsOnly,
  forgetsCells,
  forgetsLast,
  forgetsLastCell,
  forgetsStates,
  gradientForwards,
  gradientIgnoresPadding,
  gradientsInOrderOfOnnx,
  gradientUncoupled,
  lastStepOnly,
  noPeepholeGradient,
  ownState,
  peepsAtTheWrongCell,
  stateOfGradientSlips,
  statesOnly,
  transposesGradient,
  untransposed,
} from './forward-gradient-faults.ts'
import { given, halves, steps } from './forward-parts.ts'
import { eachStateOfGradient, eachStep, eachStepBack } from './forward-stepwise.ts'
import {
  couples,
  couplesAlike,
  doesNotCouple,
  hardSigmoid,
  hardSigmoidOfKeras,
  keepsAll,
  keepsWhatItForgets,
  letsAllIn,
  outputGateLetsIn,
  peepsBefore,
  sigmoidCandidate,
  withoutTanh,
} from './forward-unit-faults.ts'

const severalSteps = { ...forward.dimensions, T: free(2, 4, 'steps') }

/** An array put back to front along an axis. */
const turned = <T>(array: NumberArray<T>, axis: number) =>
  permuted(array, (...at) => at.with(axis, array.shape[axis]! - 1 - at[axis]!))

const sequenceProperties = properties(
  sequence,
  agreement(forward, 'integers', {
    share: 0.6,
    kills: [
      transposesWeights,
      withoutBiases,
      forgetsState,
      forgetsCell,
      swapsStates,
      ignoresPadding,
      resetsAtPadding,
      alwaysForwards,
      inOrderDone,
      lastInTime,
      candidateLast,
      orderOfOnnx,
      orderOfTensorFlow,
      withoutPeepholes,
      peepholesOfOnnx,
      peepsBefore,
      couples,
      doesNotCouple,
      couplesAlike,
      biasesForget,
      hardSigmoid,
      hardSigmoidOfKeras,
      outputGateLetsIn,
      letsAllIn,
      keepsWhatItForgets,
      keepsAll,
      withoutTanh,
      sigmoidCandidate,
      sharesBias,
    ],
  }),
  agreement(forward, 'reals', {
    share: 0.6,
    kills: [transposesWeights, biasesForget, hardSigmoid],
  }),
  eachStep(200, 'forward', [stateSlips, cellSlips], 0.03),
  eachStep(50, 'reverse', [stateSlips, cellSlips], 0.05),
  law('prefix', {
    share: 0.3,
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'what is done first depends on nothing that is done later',
    kills: [looksAhead],
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const [first] = halves(T!, parameters)
      const whole = await measure(forward, inputs, parameters)
      const part = await measure(forward, { ...inputs, ...given(inputs, first) }, parameters)
      return [
        { label: 'h of the beginning', expected: steps(whole.h, first), actual: part.h },
        { label: 'c of the beginning', expected: steps(whole.c, first), actual: part.c },
      ]
    },
  }),
  law('split', {
    share: 0.3,
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'a sequence in two parts ends as one that is taken at once',
    kills: [weighsByTime, lastInTime],
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T } }) {
      const [first, second] = halves(T!, parameters)
      const whole = await measure(forward, inputs, parameters)
      const begun = await measure(forward, { ...inputs, ...given(inputs, first) }, parameters)
      const goesOn = {
        ...inputs,
        ...given(inputs, second),
        h0: numbers(arithmetic, begun.last),
        c0: numbers(arithmetic, begun.lastCell),
      }
      const then = await measure(forward, goesOn, parameters)
      // What the first part is off by goes on through the second: no further than the whole may be off.
      const off = (name: 'last' | 'lastCell') =>
        build(whole[name].shape, (n, k) => {
          const own = whole[name].at(n, k)
          return arithmetic.add(then[name].at(n, k), arithmetic.subtract(own, own))
        })
      return (['last', 'lastCell'] as const).map((name) => ({
        label: name,
        expected: whole[name],
        actual: off(name),
      }))
    },
  }),
  law('padded', {
    share: 0.3,
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'a sequence with padding behind has the states and cells that it has without',
    kills: [ignoresPadding, lastInTime],
    needsStates: true,
    async holds({ inputs, measure, parameters, sizes: { T, N } }) {
      const shown = [0, T! - 1] as const
      const padded = build([T!, N!], (t) => (t === T! - 1 ? 1 : 0))
      const own = { ...given(inputs, shown), padded: zeros([T! - 1, N!]) }
      const long = await measure(forward, { ...inputs, padded }, parameters)
      const short = await measure(forward, { ...inputs, ...own }, parameters)
      return [
        { label: 'h', expected: short.h, actual: steps(long.h, shown) },
        { label: 'c', expected: short.c, actual: steps(long.c, shown) },
        { label: 'last', expected: short.last, actual: long.last },
        { label: 'lastCell', expected: short.lastCell, actual: long.lastCell },
      ]
    },
  }),
  whateverPads(forward, reference),
  whateverPads(forwardGradient, gradientReference),
  equivariance('sequences', {
    share: 0.3,
    of: forward,
    title: 'sequences in another order have states and cells in that order',
    kills: [sharesFirstCell],
    inputs: ({ x, h0, c0, padded }) => ({
      x: turned(x, 1),
      h0: turned(h0, 0),
      c0: turned(c0, 0),
      padded: turned(padded, 1),
    }),
    outputs: ({ h, c, last, lastCell }) => ({
      h: turned(h, 1),
      c: turned(c, 1),
      last: turned(last, 0),
      lastCell: turned(lastCell, 0),
    }),
  }),
  equivariance('reversed', {
    share: 0.3,
    of: forward,
    title: 'in reverse, a sequence that is turned round goes through the same states',
    kills: [alwaysForwards],
    inputs: ({ x, padded }) => ({ x: turned(x, 0), padded: turned(padded, 0) }),
    parameters: ({ direction }) =>
      ({ direction: direction === 'forward' ? 'reverse' : 'forward' }) as const,
    outputs: ({ h, c }) => ({ h: turned(h, 0), c: turned(c, 0) }),
  }),
)

const gradientProperties = properties(
  gradient,
  agreement(forwardGradient, 'integers', {
    share: 0.5,
    kills: [
      lastStepOnly,
      ownState,
      peepsAtTheWrongCell,
      transposesGradient,
      untransposed,
      gradientsInOrderOfOnnx,
      forgetsStates,
      forgetsCells,
      forgetsLast,
      forgetsLastCell,
      averagesSequences,
      gradientIgnoresPadding,
      gradientForwards,
      gradientUncoupled,
      noPeepholeGradient,
      cellsOnly,
      statesOnly,
    ],
  }),
  agreement(forwardGradient, 'reals', {
    share: 0.5,
    kills: [lastStepOnly, ownState, transposesGradient],
  }),
  eachStepBack(200, 'forward', [backSlips, backCellSlips]),
  eachStepBack(50, 'reverse', [backSlips, backCellSlips]),
  eachStateOfGradient('forward', [stateOfGradientSlips]),
  eachStateOfGradient('reverse', [stateOfGradientSlips]),
)

export const forwardProperties = [...sequenceProperties, ...gradientProperties]
