import { array, free } from '../../../spec/language/operation.ts'
import { replace, replaceHead } from '../../../spec/transfer/head.ts'
import { network } from '../../../spec/transfer/network.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { row, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { worked } from '../../kit/worked.ts'
import { cutsFromZero, keepsClasses, keepsNothing, noBiases, trainsAll } from './head-faults.ts'
import { forgetsBiases, headOnLower, rectifiesScores } from './network-faults.ts'

export const headProperties = properties(
  replace,
  agreement(replaceHead, 'integers', {
    kills: [noBiases, trainsAll, keepsClasses, cutsFromZero],
  }),
  agreementTwice(network, { name: 'network', kills: [forgetsBiases, rectifiesScores] }),
  law('features-unchanged', {
    of: {
      dimensions: { ...network.dimensions, M: free(1, 3, 'classes of the new task') },
      inputs: {
        ...network.inputs,
        newHead: array('the weights of the new head', 'F', 'M'),
        newBias: array('its biases', 'M'),
      },
      parameters: {},
    },
    asks: [network],
    values: 'reals',
    title: 'under a head of another width the kept layers give the same, to the bit',
    kills: [headOnLower],
    share: 0.5,
    async holds({ answer, exact, inputs, sizes: { N, M } }) {
      const { newHead, newBias, ...old } = inputs
      const before = await answer(network, old, {})
      const after = await answer(network, { ...old, head: newHead, bias: newBias }, {})
      return [
        { label: 'lower', expected: before.lower, actual: after.lower },
        { label: 'higher', expected: before.higher, actual: after.higher },
        {
          label: 'shape of the scores',
          expected: exact(row(N, M)),
          actual: exact(row(...after.scores.shape)),
        },
      ]
    },
  }),
  law('adds-up', {
    of: replaceHead,
    title: 'frozen and trainable parameters are all there are, and the head has one a class more',
    kills: [trainsAll, keepsClasses, noBiases],
    async holds({ answer, arithmetic, exact, parameters: given }) {
      const { add, total } = arithmetic
      const { units, parameters, frozen, trainable } = await answer(replaceHead, {}, given)
      const { cut, hidden, classes, widths } = given
      const last = units.shape[0]! - 1
      const before = hidden.at(-1) ?? widths[cut]!
      return [
        {
          label: 'frozen + trainable',
          expected: scalar(total(parameters.data)),
          actual: scalar(add(frozen.at(), trainable.at())),
        },
        {
          label: '(d + 1) C, and C',
          expected: exact(row((before + 1) * classes, classes)),
          actual: row(parameters.at(last), units.at(last)),
        },
      ]
    },
  }),
  worked('alexnet', {
    of: replaceHead,
    title: 'the fully connected layers of AlexNet with a head for ten classes, by hand',
    kills: [trainsAll, keepsClasses, cutsFromZero],
    parameters: { widths: [9216, 4096, 4096, 1000], cut: 2, hidden: [], classes: 10 },
    gives: { frozen: [54_534_144], trainable: [4097 * 10] },
  }),
  rejection('rejected', replaceHead, invalidities(replaceHead), {
    title: 'a cut that keeps no layer or removes none is rejected',
    kills: [keepsNothing],
  }),
)
