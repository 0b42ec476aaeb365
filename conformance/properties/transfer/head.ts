import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { array, free } from '../../../spec/language/operation.ts'
import { replace, replaceHead } from '../../../spec/transfer/head.ts'
import { network } from '../../../spec/transfer/network.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { rejection } from '../../kit/rejection.ts'
import { cutsFromZero, keepsClasses, keepsNothing, noBiases, trainsAll } from './head-faults.ts'
import { forgetsBiases, headOnLower, rectifiesScores } from './network-faults.ts'

const twoHeads = {
  dimensions: { ...network.dimensions, M: free(1, 3, 'classes of the new task') },
  inputs: {
    ...network.inputs,
    newHead: array('the weights of the new head', 'F', 'M'),
    newBias: array('its biases', 'M'),
  },
  parameters: {},
}

export const headProperties = properties(
  replace,
  agreement(replaceHead, 'integers', {
    kills: [noBiases, trainsAll, keepsClasses, cutsFromZero],
  }),
  agreement(network, 'integers', {
    name: 'network-exact',
    kills: [forgetsBiases, rectifiesScores],
  }),
  agreement(network, 'reals', {
    name: 'network-bounded',
    kills: [forgetsBiases, rectifiesScores],
  }),
  law('features-unchanged', {
    of: twoHeads,
    asks: [network],
    values: 'reals',
    title: 'under a head of another width the kept layers give the same, to the bit',
    kills: [headOnLower],
    share: 0.5,
    async holds({ answer, exact, inputs, sizes }) {
      const { head, bias, newHead, newBias, ...kept } = inputs
      const before = await answer(network, { ...kept, head, bias }, {})
      const after = await answer(network, { ...kept, head: newHead, bias: newBias }, {})
      const { N, M } = sizes as Record<'N' | 'M', number>
      return [
        { label: 'lower', expected: before.lower, actual: after.lower },
        { label: 'higher', expected: before.higher, actual: after.higher },
        {
          label: 'shape of the scores',
          expected: exact(fromData([2], [N, M])),
          actual: exact(fromData([2], [...after.scores.shape])),
        },
      ]
    },
  }),
  law('adds-up', {
    of: replaceHead,
    title: 'frozen and trainable parameters are all there are, and the head has one a class more',
    kills: [trainsAll, keepsClasses, noBiases],
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const answer = await bench.answer(replaceHead, {}, parameters)
      const { cut, hidden, classes, widths } = parameters
      const last = answer.units.shape[0]! - 1
      const before = hidden.at(-1) ?? widths[cut]!
      const scalar = (value: number) => bench.exact(build([], () => value))
      return [
        {
          label: 'frozen + trainable',
          expected: build([], () => arithmetic.total(answer.parameters.data)),
          actual: build([], () => arithmetic.add(answer.frozen.at(), answer.trainable.at())),
        },
        {
          label: '(d + 1) C',
          expected: scalar((before + 1) * classes),
          actual: build([], () => answer.parameters.at(last)),
        },
        {
          label: 'C',
          expected: scalar(classes),
          actual: build([], () => answer.units.at(last)),
        },
      ]
    },
  }),
  published(
    'alexnet',
    replaceHead,
    [
      {
        parameters: { widths: [9216, 4096, 4096, 1000], cut: 2, hidden: [], classes: 10 },
        printed: [
          { label: 'kept', output: 'frozen', values: [54_534_144] },
          { label: '4097 · 10', output: 'trainable', values: [40_970] },
        ],
      },
    ],
    {
      title: 'the fully connected layers of AlexNet with a head for ten classes, by hand',
      kills: [trainsAll, keepsClasses, cutsFromZero],
    },
  ),
  rejection('rejected', replaceHead, invalidities(replaceHead), {
    title: 'a cut that keeps no layer or removes none is rejected',
    kills: [keepsNothing],
  }),
)
