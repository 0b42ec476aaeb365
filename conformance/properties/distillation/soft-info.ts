import { build } from '../../../reference/arithmetic/array.ts'
import { crossEntropy, crossEntropyGradient } from '../../../spec/distillation/cross-entropy.ts'
import { pseudoLabels } from '../../../spec/distillation/pseudo-label.ts'
import { softInfoClause } from '../../../spec/distillation/soft-info.ts'
import { dimensions } from '../../../spec/distillation/softmax.ts'
import { array, free, nonnegative } from '../../../spec/language/operation.ts'
import { filled, numbers, plain, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { gradientOfTheLargest } from './cross-entropy-faults.ts'
import { hardensLabels, softensLabels } from './pseudo-label-faults.ts'

/** A student, and two teachers of it. */
const teachers = {
  dimensions: { N: dimensions.N, C: free(2, 6, 'classes') },
  inputs: {
    z: array('the scores of the student', 'N', 'C'),
    one: nonnegative('what a teacher predicts', 'N', 'C'),
    other: nonnegative('what another teacher predicts', 'N', 'C'),
  },
  parameters: {},
} as const

const mean = { reduction: 'mean' } as const

export const softInfoProperties = properties(
  softInfoClause,
  law('hard', {
    of: teachers,
    asks: [pseudoLabels, crossEntropy, crossEntropyGradient],
    title: 'teachers with the same largest class give the same labels, loss and gradients',
    kills: [softensLabels],
    share: 0.5,
    async holds({ answer, arithmetic, inputs: { z, one, other }, sizes: { N, C } }) {
      const first = plain(one)
      const second = plain(other)
      const row = (n: number) => first.data.slice(n * C!, (n + 1) * C!)
      const top = Array.from({ length: N! }, (_, n) => row(n).indexOf(Math.max(...row(n))))
      const most = Math.max(...second.data)
      const agreeing = build([1, N!, C!], (_, n, c) => (c === top[n] ? most + 1 : second.at(n, c)))
      const alone = build([1, N!, C!], (_, n, c) => first.at(n, c))
      const labels = async (predictions: typeof alone) =>
        numbers(arithmetic, (await answer(pseudoLabels, { predictions }, { kind: 'hard' })).targets)
      const given = { z, weights: filled([C!], 1), counted: filled([N!], 1) }
      const learned = async (predictions: typeof alone) => {
        const targets = await labels(predictions)
        const { loss } = await answer(crossEntropy, { ...given, targets }, mean)
        const dLoss = scalar(1)
        const { dz } = await answer(crossEntropyGradient, { ...given, targets, dLoss }, mean)
        return { loss, dz }
      }
      const [expected, actual] = [await learned(alone), await learned(agreeing)]
      return [
        { label: 'loss', expected: expected.loss, actual: actual.loss },
        { label: 'dz', expected: expected.dz, actual: actual.dz },
      ]
    },
  }),
  law('soft', {
    of: teachers,
    asks: [pseudoLabels, crossEntropyGradient],
    title: 'teachers that differ in a class give gradients that differ by as much',
    kills: [hardensLabels, gradientOfTheLargest],
    share: 0.5,
    async holds({ arithmetic, exact, inputs: { z, one }, measure, sizes: { N, C } }) {
      const first = plain(one)
      // The same sum, shared otherwise: the first class gives 1 to the last.
      const moved = (c: number) => (c === 0 ? 1 : c === C! - 1 ? -1 : 0)
      const given = { z, weights: filled([C!], 1), counted: filled([N!], 1), dLoss: scalar(1) }
      const learned = async (by: (c: number) => number) => {
        const predictions = build([1, N!, C!], (_, n, c) => first.at(n, c) + 1 + by(c))
        const { targets } = await measure(pseudoLabels, { predictions }, { kind: 'soft' })
        const asked = { ...given, targets: numbers(arithmetic, targets) }
        return (await measure(crossEntropyGradient, asked, mean)).dz
      }
      const [usual, other] = [await learned(() => 0), await learned(moved)]
      const { subtract } = arithmetic
      return [
        {
          label: 'difference of gradients',
          expected: exact(build([N!, C!], (_, c) => moved(c) / N!)),
          actual: build([N!, C!], (n, c) => subtract(usual.at(n, c), other.at(n, c))),
        },
      ]
    },
  }),
)
