import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  lossGradient as gradientReference,
  loss as reference,
} from '../../../reference/rnn/loss.ts'
import { loss, lossGradient } from '../../../spec/rnn/loss.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(loss, reference)
const wrongGradient = faultsOf(lossGradient, gradientReference)
const f = Math.fround

const added = (steps: NumberArray<number>) => scalar(steps.data.reduce((all, v) => all + v, 0))
const steps = (each: NumberArray<number>) => ({ steps: each, E: added(each) })

/** Of each step, something made of its scores and targets, 0 where it is padding. */
const ofEach = (
  { o, y, padded }: Readonly<Record<'o' | 'y' | 'padded', NumberArray<number>>>,
  make: (scores: readonly number[], targets: readonly number[]) => number,
) => {
  const row = (of: NumberArray<number>, t: number, n: number) =>
    Array.from({ length: of.shape[2]! }, (_, k) => of.at(t, n, k))
  return steps(
    build(padded.shape, (t, n) => (padded.at(t, n) === 1 ? 0 : make(row(o, t, n), row(y, t, n)))),
  )
}

export const firstElementOnly = wrong.answer(
  'E-37 taken at its word: gives the product at the first class',
  ({ inputs }) =>
    ofEach(inputs, (o, y) => {
      const m = Math.max(...o)
      const sum = o.reduce((all, v) => all + Math.exp(v - m), 0)
      return y[0]! * (m + Math.log(sum) - o[0]!)
    }),
)

export const logOfSoftmax = wrong.answer(
  'takes the logarithm of the softmax, in single precision',
  ({ inputs }) =>
    ofEach(inputs, (o, y) => {
      const m = Math.max(...o)
      const powers = o.map((v) => f(Math.exp(f(v - m))))
      const sum = powers.reduce((all, v) => f(all + v), 0)
      return y.reduce((all, t, k) => all - t * f(Math.log(f(powers[k]! / sum))), 0)
    }),
)

export const hardTargets = wrong.inputs('takes the largest target for the class', ({ y }) => {
  const [, , O] = y.shape as [number, number, number]
  const largest = (t: number, n: number) => {
    let at = 0
    for (let k = 1; k < O; k++) if (y.at(t, n, k) > y.at(t, n, at)) at = k
    return at
  }
  return { y: build(y.shape, (t, n, k) => (k === largest(t, n) ? 1 : 0)) }
})

export const averagesClasses = wrong.outputs(
  'averages over the classes',
  ({ steps: each }, { sizes: { O } }) => steps(changed(each, (v) => v / O!)),
)

export const averagesSteps = wrong.outputs(
  'averages over the steps',
  ({ E }, { sizes: { T } }) => ({
    E: scalar(E.at() / T!),
  }),
)

export const lastStepOnly = wrong.outputs(
  'takes the loss of the last step for that of the sequence',
  ({ steps: each }, { sizes: { T } }) => ({
    E: added(build([each.shape[1]!], (n) => each.at(T! - 1, n))),
  }),
)

export const countsPadding = wrong.inputs('counts steps that are padding', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const noGradientOfSum = wrongGradient.outputs(
  'takes targets to add up to 1',
  (_, { inputs, parameters, right }) => {
    const { y } = inputs
    const [, , O] = y.shape as [number, number, number]
    const none = right({ ...inputs, y: zeros(y.shape) }, parameters)
    const probabilities = right(
      { ...inputs, y: build(y.shape, (_t, _n, k) => (k === 0 ? 1 : 0)) },
      parameters,
    )
    const { dSteps, padded } = inputs
    const softmax = (t: number, n: number, k: number) =>
      probabilities.do.at(t, n, k) + (k === 0 && padded.at(t, n) === 0 ? dSteps.at(t, n) : 0)
    return {
      do: build([...none.do.shape.slice(0, 2), O], (t, n, k) =>
        padded.at(t, n) === 1 ? 0 : softmax(t, n, k) - dSteps.at(t, n) * y.at(t, n, k),
      ),
    }
  },
)

export const everyStepAlike = wrongGradient.inputs('takes every step to count 1', ({ dSteps }) => ({
  dSteps: changed(dSteps, () => 1),
}))

export const targetsAreConstant = wrongGradient.outputs(
  'gives no gradient by the targets',
  ({ dy }) => ({ dy: zeros(dy.shape) }),
)

export const gradientAtPadding = wrongGradient.inputs(
  'counts steps that are padding',
  ({ padded }) => ({ padded: zeros(padded.shape) }),
)
