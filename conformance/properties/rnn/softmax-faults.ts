import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  softmaxGradient as gradientReference,
  softmax as reference,
} from '../../../reference/rnn/softmax.ts'
import { softmax, softmaxGradient } from '../../../spec/rnn/softmax.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(softmax, reference)
const wrongGradient = faultsOf(softmaxGradient, gradientReference)
const f = Math.fround

/** Exponentials of scores less something, as shares of their sum, in single precision. */
const shares = (o: NumberArray<number>, less: (row: readonly number[]) => number) => {
  const [N, O] = o.shape as [number, number]
  const rows = Array.from({ length: N }, (_, n) => {
    const row = Array.from({ length: O }, (_, k) => o.at(n, k))
    const powers = row.map((v) => f(Math.exp(f(v - less(row)))))
    const sum = powers.reduce((all, power) => f(all + power), 0)
    return powers.map((power) => f(power / sum))
  })
  return build(o.shape, (n, k) => rows[n]![k]!)
}

export const noShift = wrong.answer(
  'takes exponentials of the scores as they are',
  ({ inputs: { o } }) => ({ y: shares(o, () => 0) }),
)

export const shiftsByMean = wrong.answer(
  'takes the mean score off instead of the largest one',
  ({ inputs: { o } }) => ({
    y: shares(o, (row) => row.reduce((all, v) => all + v / row.length, 0)),
  }),
)

export const clips = wrong.inputs('clips scores at 50', ({ o }) => ({
  o: changed(o, (v) => Math.min(v, 50)),
}))

export const overRows = wrong.answer(
  'takes shares over the rows of a class',
  ({ inputs: { o }, parameters, right }) => {
    const across = (x: NumberArray<number>) =>
      build([x.shape[1]!, x.shape[0]!], (i, j) => x.at(j, i))
    return { y: across(right({ o: across(o) }, parameters).y) }
  },
)

export const ownScoreOnly = wrongGradient.outputs(
  'takes a probability to depend on its own score alone',
  (_, { inputs: { o, dy } }) => {
    const y = shares(o, (row) => Math.max(...row))
    return { do: build(o.shape, (n, k) => y.at(n, k) * (1 - y.at(n, k)) * dy.at(n, k)) }
  },
)

export const passesThrough = wrongGradient.outputs(
  'gives the gradient of the probabilities on as it is',
  (_, { inputs: { dy } }) => ({ do: dy }),
)
