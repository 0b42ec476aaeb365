import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { network as reference } from '../../../reference/rnn/network.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { activation, forward } from '../../../spec/rnn/forward.ts'
import {
  hiddenRecurrent,
  network,
  parameterShapes,
  probabilities,
  threeBlocks,
} from '../../../spec/rnn/network.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, part, permuted, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { truths } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { whateverPads } from '../../kit/whatever-pads.ts'
import { worked } from '../../kit/worked.ts'
import {
  biasOfFirstClass,
  lastStepForAll,
  noBiasOfClasses,
  outputForRecurrent,
  recurrentForOutput,
  scoresAsInputs,
  sharesOverTime,
  sigmoids,
  softmaxWithoutBias,
  stateSeesOutputs,
  transposesQuietly,
} from './network-faults.ts'

const dimensions = { ...network.dimensions, O: free(2, 4, 'classes') }
const turned = <T>(array: NumberArray<T>, axis: number) =>
  permuted(array, (...at) => at.with(axis, array.shape[axis]! - 1 - at[axis]!))

/** Of many units any size, a product of scores makes them larger than a softmax can tell apart. */
const behindTanh = {
  parameters: { activation: choice('tanh'), direction: forward.parameters.direction },
}

const probabilityProperties = properties(
  probabilities,
  whateverPads(network, reference),
  agreement(network, 'integers', {
    kills: [recurrentForOutput, sharesOverTime, sigmoids, softmaxWithoutBias, biasOfFirstClass],
    share: 0.3,
  }),
  agreement(network, 'reals', {
    within: behindTanh,
    kills: [recurrentForOutput, sigmoids, softmaxWithoutBias],
    share: 0.3,
  }),
  law('adds-up', {
    of: { ...network, ...behindTanh },
    asks: [network],
    values: 'reals',
    title: 'probabilities of every step lie between 0 and 1 and add up to 1',
    kills: [sharesOverTime, sigmoids],
    share: 0.2,
    async holds({ arithmetic, exact, inputs, measure, parameters, sizes: { O } }) {
      const { y } = await measure(network, inputs, parameters)
      const [T, N] = y.shape as [number, number]
      const sums = build([T, N], (t, n) => sum(arithmetic, [O!], (k) => y.at(t, n, k)))
      return [
        between(arithmetic, '0 ≤ y ≤ 1', y, exact(zeros(y.shape)), exact(filled(y.shape, 1))),
        { label: 'Σ y = 1', expected: exact(filled([T, N], 1)), actual: sums },
      ]
    },
  }),
  equivariance('classes', {
    of: network,
    within: { ...network, dimensions },
    title: 'classes in another order have their scores and probabilities in that order',
    kills: [biasOfFirstClass],
    share: 0.2,
    inputs: ({ V, c }) => ({ V: turned(V, 0), c: turned(c, 0) }),
    outputs: ({ o, y }) => ({ o: turned(o, 2), y: turned(y, 2) }),
  }),
  equivariance('shift', {
    of: network,
    title: 'a number that is added to the biases of all classes changes no probability',
    kills: [sigmoids],
    share: 0.2,
    inputs: ({ c }) => ({ c: changed(c, (v) => v + 64) }),
    compared: ({ y }) => ({ y }),
  }),
  worked('apart', {
    of: network,
    title: 'scores that are 10,000 apart leave the larger one everything',
    kills: [sharesOverTime, softmaxWithoutBias],
    inputs: {
      x: tensor([1, 1, 1], [0]),
      U: tensor([1, 1], [1]),
      W: tensor([1, 1], [1]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
      padded: tensor([1, 1], [0]),
      V: tensor([2, 1], [1, 1]),
      c: tensor([2], [0, 10_000]),
    },
    parameters: { activation: 'tanh', direction: 'forward' },
    gives: { y: [0, 1], o: [0, 10_000] },
  }),
)

/** Some steps of sequences, from one of them on. */
const steps = <T>(array: NumberArray<T>, from: number, to: number) =>
  part(array, array.shape.with(0, to - from), [from])

const inTime = { activation, direction: choice('forward') }
const severalSteps = { ...network.dimensions, T: free(2, 4, 'steps') }

const hiddenProperties = properties(
  hiddenRecurrent,
  law('states', {
    of: network,
    asks: [network, forward],
    title: 'the states are those of the recurrent layer, and there is an output at every step',
    kills: [outputForRecurrent, scoresAsInputs, stateSeesOutputs],
    share: 0.3,
    needsStates: true,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T, N, O } }) {
      const { V: _, c: __, ...layer } = inputs
      const given = await measure(network, inputs, parameters)
      const { h } = await measure(forward, layer, parameters)
      const isWhole = ({ shape }: NumberArray<unknown>) => shape.join() === [T, N, O].join()
      return [
        { label: 'h', expected: h, actual: given.h },
        truths(arithmetic, 'an output a step', isWhole(given.o), isWhole(given.y)),
      ]
    },
  }),
  law('prefix', {
    of: { ...network, usual: [], dimensions: severalSteps, parameters: inTime },
    asks: [network],
    title: 'the outputs of the beginning of a sequence are the beginning of its outputs',
    kills: [lastStepForAll],
    share: 0.2,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const shown = T! - 1
      const whole = await measure(network, inputs, parameters)
      const beginning = {
        x: steps(plain(inputs.x), 0, shown),
        padded: steps(plain(inputs.padded), 0, shown),
      }
      const { o } = await measure(network, { ...inputs, ...beginning }, parameters)
      return [{ label: 'o of the beginning', expected: steps(whole.o, 0, shown), actual: o }]
    },
  }),
)

const blockProperties = properties(
  threeBlocks,
  equivariance('states-without-output', {
    of: network,
    within: {
      ...network,
      inputs: { ...network.inputs, other: array('other weights to the scores', 'O', 'H') },
    },
    title: 'other weights and biases of the output change no state',
    kills: [stateSeesOutputs, outputForRecurrent],
    share: 0.2,
    inputs: ({ c }, { inputs }) => ({
      V: (inputs as Readonly<Record<string, typeof inputs.V>>).other!,
      c: changed(c, (v) => v + 1),
    }),
    compared: ({ h }) => ({ h }),
  }),
  law('only-way', {
    of: network,
    title:
      'without weights out of the state every score is its bias, whatever the other two blocks are',
    kills: [biasOfFirstClass, noBiasOfClasses],
    share: 0.2,
    async holds({ array, inputs, measure, parameters, sizes: { O, H } }) {
      const { o } = await measure(network, { ...inputs, V: zeros([O!, H!]) }, parameters)
      const c = array('c')
      return [{ label: 'o', expected: build(o.shape, (_t, _n, k) => c.at(k)), actual: o }]
    },
  }),
  worked('each-block', {
    of: network,
    title: 'each of the three weights has its own part, in two steps of one unit',
    kills: [recurrentForOutput, outputForRecurrent],
    inputs: {
      x: tensor([2, 1, 1], [1, 1]),
      U: tensor([1, 1], [2]),
      W: tensor([1, 1], [3]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
      padded: tensor([2, 1], [0, 0]),
      V: tensor([1, 1], [5]),
      c: tensor([1], [0]),
    },
    parameters: { activation: 'linear', direction: 'forward' },
    gives: { h: [2, 3 * 2 + 2], o: [5 * 2, 5 * 8], y: [1, 1] },
  }),
)

const oblong = {
  ...network,
  usual: [],
  dimensions: {
    ...network.dimensions,
    H: free(2, 3, 'units of the state'),
    I: derived(({ H }) => H! + 1, 'units of the input'),
    O: derived(({ H }) => H! + 2, 'classes'),
  },
}

const shapeProperties = properties(
  parameterShapes,
  law('any-sizes', {
    of: oblong,
    asks: [network],
    title: 'weights of the stated shapes are taken, and scores have a place for each class',
    kills: [biasOfFirstClass],
    share: 0.2,
    async holds({ answer, expected, inputs, parameters }) {
      const { o } = await answer(network, inputs, parameters)
      return [{ label: 'o', expected: expected(network, inputs, parameters).o, actual: o }]
    },
  }),
  rejection('rejected', network, invalidities(network), {
    title: 'weights, biases and states of other shapes are rejected',
    kills: [transposesQuietly],
    share: 0.3,
  }),
)

export const networkProperties = [
  ...probabilityProperties,
  ...hiddenProperties,
  ...blockProperties,
  ...shapeProperties,
]
