import { elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { networkCurvature } from '../../../spec/pruning/obd-network.ts'
import { networkSensitivity, ofNetwork } from '../../../spec/pruning/sensitivity-network.ts'
import type { ArgumentsOf, Arrays } from '../../engine/property.ts'
import { changed, filled, moderate, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import { inEighths } from './obd-network.ts'
import {
  alwaysLinear,
  firstLayerOnly,
  forgetsToRestore,
  givesLosses,
  removesUnits,
  reversesSign,
  sumsSamples,
  takesAbsolute,
  takesSaliencies,
} from './sensitivity-network-faults.ts'

type Asked = ArgumentsOf<typeof networkSensitivity>
type Answer<T> = Arrays<T, typeof networkSensitivity>

const changes = ['changes1', 'changes2'] as const

const outputs = ['loss', ...changes] as const

/**
 * Numbers of which outputs through a tangent tell: where one is flat a weight changes hardly anything, and where a
 * weight is tiny, too. Then a change is the difference of two losses that are almost equal.
 */
const telling = ({ x, targets, weights1, bias1, weights2, bias2 }: Asked): Asked => ({
  x: times(4, moderate(x)),
  targets: moderate(targets),
  weights1: moderate(weights1),
  bias1: times(0.5, moderate(bias1)),
  weights2: times(4, moderate(weights2)),
  bias2: times(0.5, moderate(bias2)),
})

const eachOf = <T>(given: Answer<T>, right: Answer<T>) =>
  outputs.map((name) => ({ label: name, expected: right[name], actual: given[name] }))

const times = (factor: number, array: NumberArray<number>) => changed(array, (v) => factor * v)

export const sensitivityNetworkProperties = properties(
  ofNetwork,
  law('bounded', {
    of: networkSensitivity,
    values: 'reals',
    title: 'pruning.networkSensitivity is within the derived bound of the reference',
    agrees: true,
    kills: [
      takesSaliencies,
      reversesSign,
      givesLosses,
      takesAbsolute,
      removesUnits,
      forgetsToRestore,
      alwaysLinear,
      sumsSamples,
      firstLayerOnly,
    ],
    async holds({ answer, arithmetic: { add }, expected, inputs, parameters }) {
      const askedOf = async (question: Asked) => {
        const given = await answer(networkSensitivity, question, parameters)
        return { given, right: expected(networkSensitivity, question, parameters) }
      }
      const { given, right } = await askedOf(inputs)
      if (parameters.outputs === 'linear') return eachOf(given, right)
      // Whatever the numbers are, what the loss is without a weight is told from nothing.
      const without = ({ loss, ...all }: typeof right, name: (typeof changes)[number]) =>
        elementwise(all[name], (change) => add(loss.at(), change))
      const told = await askedOf(telling(inputs))
      return [
        ...eachOf(told.given, told.right),
        ...changes.map((name) => ({
          label: `loss and ${name}`,
          expected: without(right, name),
          actual: without(given, name),
        })),
      ]
    },
  }),
  law('losses', {
    of: withParameters(networkSensitivity, {
      layer: choice('1', '2'),
      at: integer({ min: 0, upTo: 8 }),
    }),
    asks: [networkSensitivity, networkCurvature],
    title: 'added to the loss it is the loss that the network without the weight says it has',
    kills: [reversesSign, givesLosses, takesSaliencies],
    share: 0.5,
    async holds({ arithmetic, inputs: given, measure, parameters: { layer, at, outputs } }) {
      const inputs = inEighths(given)
      const name = layer === '1' ? 'weights1' : 'weights2'
      const position = at % inputs[name].data.length
      const found = await measure(networkSensitivity, inputs, { outputs })
      const lossOf = async (weights: NumberArray<number>) => {
        const asked = { ...inputs, [name]: weights }
        const method = { method: 'exact', outputs } as const
        return (await measure(networkCurvature, asked, method)).loss.at()
      }
      const without = changed(inputs[name], (w, k) => (k === position ? 0 : w))
      const [before, after] = [await lossOf(inputs[name]), await lossOf(without)]
      const changes = layer === '1' ? found.changes1 : found.changes2
      return [
        {
          label: `loss without weight ${position} of layer ${layer}`,
          expected: scalar(after),
          actual: scalar(arithmetic.add(before, changes.data[position]!)),
        },
      ]
    },
  }),
  law('quadratic', {
    of: { ...networkSensitivity, parameters: { at: integer({ min: 0, upTo: 8 }) } },
    asks: [networkSensitivity, networkCurvature],
    title: 'to linear outputs, E(w) + E(−w) is twice the loss without the weight, and h w²',
    kills: [givesLosses, takesAbsolute, reversesSign],
    share: 0.5,
    async holds({ arithmetic, inputs: given, measure, parameters: { at } }) {
      const inputs = inEighths(given)
      const { add, exact, multiply } = arithmetic
      const outputs = 'linear'
      const position = at % inputs.weights2.data.length
      const by = async (sign: 1 | -1) => {
        const weights2 = changed(inputs.weights2, (w, k) => (k === position ? sign * w : w))
        const { loss, changes2 } = await measure(
          networkSensitivity,
          { ...inputs, weights2 },
          { outputs },
        )
        return { loss: loss.at(), without: add(loss.at(), changes2.data[position]!) }
      }
      const [one, other] = [await by(1), await by(-1)]
      const method = { method: 'exact', outputs } as const
      const h = (await measure(networkCurvature, inputs, method)).weights2.data[position]!
      const w = exact(inputs.weights2.data[position]!)
      return [
        {
          label: `E(w) + E(−w) of weight ${position}`,
          expected: scalar(add(one.loss, other.loss)),
          actual: scalar(add(add(one.without, other.without), multiply(h, multiply(w, w)))),
        },
      ]
    },
  }),
  law('dead-unit', {
    of: networkSensitivity,
    title: 'weights into a unit without outgoing ones change nothing, nor do those out of one at 0',
    kills: [givesLosses],
    share: 0.3,
    async holds({ answer, exact, inputs, parameters }) {
      const { weights1, weights2, bias1 } = inputs
      const silent = { weights1: filled(weights1.shape, 0), bias1: filled(bias1.shape, 0) }
      const deaf = { weights2: filled(weights2.shape, 0) }
      const { changes2 } = await answer(networkSensitivity, { ...inputs, ...silent }, parameters)
      const { changes1 } = await answer(networkSensitivity, { ...inputs, ...deaf }, parameters)
      return [
        { label: 'changes1', expected: exact(filled(weights1.shape, 0)), actual: changes1 },
        { label: 'changes2', expected: exact(filled(weights2.shape, 0)), actual: changes2 },
      ]
    },
  }),
  worked('by-hand', {
    of: networkSensitivity,
    title: 'a hidden unit that is 0 has no influence, whatever its outgoing weight',
    kills: [givesLosses],
    inputs: {
      x: tensor([1, 1], [2]),
      targets: tensor([1, 1], [0]),
      weights1: tensor([1, 1], [0]),
      bias1: tensor([1], [0]),
      weights2: tensor([1, 1], [3]),
      bias2: tensor([1], [1]),
    },
    parameters: { outputs: 'linear' },
    gives: { loss: [1], changes1: [0], changes2: [0] },
  }),
  worked('saturated', {
    of: networkSensitivity,
    title: 'of a unit that is 1 within rounding, the outgoing weight 3 takes the loss from 16 to 1',
    kills: [reversesSign, givesLosses, takesSaliencies, removesUnits],
    inputs: {
      x: tensor([1, 1], [1]),
      targets: tensor([1, 1], [0]),
      weights1: tensor([1, 1], [64]),
      bias1: tensor([1], [64]),
      weights2: tensor([1, 1], [3]),
      bias2: tensor([1], [1]),
    },
    parameters: { outputs: 'linear' },
    gives: { loss: [16], changes1: [0], changes2: [-15] },
  }),
)
