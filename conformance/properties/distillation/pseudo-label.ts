import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { pseudoLabelClause, pseudoLabels } from '../../../spec/distillation/pseudo-label.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, numbers } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsUp,
  asksOneMember,
  hardensLabels,
  marksAllOfThem,
  needsHalf,
  softensLabels,
  takesTheLast,
} from './pseudo-label-faults.ts'

export const pseudoLabelProperties = properties(
  pseudoLabelClause,
  agreementTwice(pseudoLabels, {
    kills: [softensLabels, hardensLabels, asksOneMember, addsUp],
  }),
  law('scaled', {
    of: pseudoLabels,
    title: 'a fraction of all predictions leaves hard labels as they are, and is that of soft ones',
    kills: [needsHalf],
    share: 0.5,
    async holds({ arithmetic, inputs: { predictions }, measure, parameters }) {
      const eighth = arithmetic.exact(parameters.kind === 'soft' ? 1 / 8 : 1)
      const small = changed(predictions, (p) => p / 8)
      const one = await measure(pseudoLabels, { predictions }, parameters)
      const other = await measure(pseudoLabels, { predictions: small }, parameters)
      const expected = elementwise(one.targets, (t) => arithmetic.multiply(eighth, t))
      return [{ label: 'targets', expected, actual: other.targets }]
    },
  }),
  law('again', {
    of: pseudoLabels,
    title: 'a hard label is its own hard label and its own soft one',
    kills: [softensLabels, marksAllOfThem],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, sizes: { N, C } }) {
      const { targets } = await answer(pseudoLabels, inputs, { kind: 'hard' })
      const label = numbers(arithmetic, targets)
      const ones = Array.from({ length: N! }, (_, n) =>
        Math.max(0, label.data.slice(n * C!, (n + 1) * C!).indexOf(1)),
      )
      const predictions = build([1, N!, C!], (_, n, c) => label.at(n, c))
      const hard = await answer(pseudoLabels, { predictions }, { kind: 'hard' })
      const soft = await answer(pseudoLabels, { predictions }, { kind: 'soft' })
      const oneHot = exact(build([N!, C!], (n, c) => (ones[n] === c ? 1 : 0)))
      return [
        { label: 'one class', expected: oneHot, actual: targets },
        { label: 'hard of hard', expected: targets, actual: hard.targets },
        { label: 'soft of hard', expected: targets, actual: soft.targets },
      ]
    },
  }),
  worked('ties', {
    of: pseudoLabels,
    title: 'of equal means the first, and a mean that no member has the largest of',
    kills: [takesTheLast, marksAllOfThem, asksOneMember],
    cases: [
      {
        inputs: { predictions: tensor([1, 1, 3], [1, 2, 2]) },
        parameters: { kind: 'hard' },
        gives: { targets: [0, 1, 0] },
      },
      {
        inputs: { predictions: tensor([2, 1, 3], [4, 3, 0, 0, 3, 4]) },
        parameters: { kind: 'hard' },
        gives: { targets: [0, 1, 0] },
      },
    ],
  }),
)
