import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  softmaxGradient as gradientReference,
  logSoftmaxGradient as logGradientReference,
  logSoftmax as logReference,
  softmax as reference,
  logSumExpGradient as sumGradientReference,
  logSumExp as sumReference,
} from '../../../reference/distillation/softmax.ts'
import {
  logSoftmax,
  logSoftmaxGradient,
  logSumExp,
  logSumExpGradient,
  softmax,
  softmaxGradient,
} from '../../../spec/distillation/softmax.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(softmax, reference)
const wrongGradient = faultsOf(softmaxGradient, gradientReference)
const wrongLog = faultsOf(logSoftmax, logReference)
const wrongLogGradient = faultsOf(logSoftmaxGradient, logGradientReference)
const wrongSum = faultsOf(logSumExp, sumReference)
const wrongSumGradient = faultsOf(logSumExpGradient, sumGradientReference)

const f = Math.fround
const noTemperature = () => ({ temperature: 1 })

/** The exponentials of scores less something, as shares of their sum, all in single precision. */
function shares(z: NumberArray<number>, tau: number, less: (scores: number[]) => number) {
  const [N, C] = z.shape as [number, number]
  const rows = Array.from({ length: N }, (_, n) => {
    const scores = Array.from({ length: C }, (_, c) => f(z.at(n, c) / tau))
    const powers = scores.map((score) => f(Math.exp(f(score - less(scores)))))
    const sum = powers.reduce((total, power) => f(total + power), 0)
    return powers.map((power) => f(power / sum))
  })
  return build(z.shape, (n, c) => rows[n]![c]!)
}

export const ignoresTemperature = wrong.parameters('ignores the temperature', noTemperature)

export const multipliesByTemperature = wrong.parameters(
  'multiplies scores by the temperature',
  ({ temperature }) => ({ temperature: 1 / temperature }),
)

export const overflows = wrong.answer(
  'takes exponentials of the scores as they are',
  ({ inputs: { z }, parameters: { temperature } }) => ({ y: shares(z, temperature, () => 0) }),
)

export const shiftsByMagnitude = wrong.answer(
  'takes the largest magnitude off the scores instead of the largest score',
  ({ inputs: { z }, parameters: { temperature } }) => ({
    y: shares(z, temperature, (scores) => Math.max(...scores.map(Math.abs))),
  }),
)

export const leavesTheLastOut = wrong.outputs(
  'leaves the last class out of the sum',
  ({ y }, { sizes: { C } }) => ({
    y: build(y.shape, (n, c) => (C === 1 ? 1 : y.at(n, c) / (1 - y.at(n, C! - 1)))),
  }),
)

export const overSamples = wrong.answer(
  'takes shares over the samples of a class',
  ({ inputs: { z }, parameters, right }) => {
    const across = (x: NumberArray<number>) =>
      build([x.shape[1]!, x.shape[0]!], (i, j) => x.at(j, i))
    return { y: across(right({ z: across(z) }, parameters).y) }
  },
)

export const diagonalOnly = wrongGradient.outputs(
  'takes a probability to depend on its own score alone',
  (_, { inputs: { z, dy }, parameters }) => {
    const y = probabilitiesOf(z, parameters.temperature)
    return {
      dz: build(z.shape, (n, c) => {
        const own = y.at(n, c)
        return (own * (1 - own) * dy.at(n, c)) / parameters.temperature
      }),
    }
  },
)

export const gradientForgetsTemperature = wrongGradient.outputs(
  'forgets that scores were divided by the temperature',
  ({ dz }, { parameters: { temperature } }) => ({ dz: changed(dz, (v) => v * temperature) }),
)

export const logOfUnderflow = wrongLog.answer(
  'takes the logarithm of the softmax, which may be 0',
  ({ inputs: { z }, parameters: { temperature } }) => {
    const y = shares(z, temperature, (scores) => Math.max(...scores))
    return { y: changed(y, (v) => f(Math.log(v))) }
  },
)

export const logIgnoresTemperature = wrongLog.parameters('ignores the temperature', noTemperature)

export const logAddsEpsilon = wrongLog.outputs(
  'adds 10^-5 to a probability before it takes the logarithm',
  ({ y }) => ({ y: changed(y, (v) => Math.log(Math.exp(v) + 1e-5)) }),
)

export const logGradientForgetsOthers = wrongLogGradient.outputs(
  'takes the gradient of each class for that of a target',
  (_, { inputs: { z, dy }, parameters: { temperature } }) => {
    const y = probabilitiesOf(z, temperature)
    return { dz: build(z.shape, (n, c) => (dy.at(n, c) - y.at(n, c)) / temperature) }
  },
)

export const logGradientIgnoresTemperature = wrongLogGradient.outputs(
  'forgets that scores were divided by the temperature',
  ({ dz }, { parameters: { temperature } }) => ({ dz: changed(dz, (v) => v * temperature) }),
)

export const sumKeepsQuotient = wrongSum.outputs(
  'forgets to multiply by the temperature',
  ({ y }, { parameters: { temperature } }) => ({ y: changed(y, (v) => v / temperature) }),
)

export const sumForgetsLargest = wrongSum.answer(
  'forgets to add the largest score again',
  ({ inputs: { z }, parameters, right }) => {
    const [N, C] = z.shape as [number, number]
    const largest = (n: number) => Math.max(...Array.from({ length: C }, (_, c) => z.at(n, c)))
    const { y } = right({ z }, parameters)
    return { y: build([N], (n) => y.at(n) - largest(n)) }
  },
)

export const meanOfExponentials = wrongSum.outputs(
  'takes the mean of the exponentials',
  ({ y }, { parameters: { temperature }, sizes: { C } }) => ({
    y: changed(y, (v) => v - temperature * Math.log(C!)),
  }),
)

export const sumGradientForgetsFactor = wrongSumGradient.inputs(
  'ignores the gradient of what follows',
  ({ dy }) => ({ dy: filled(dy.shape, 1) }),
)

export const sumGradientIgnoresTemperature = wrongSumGradient.parameters(
  'ignores the temperature',
  noTemperature,
)

function probabilitiesOf(z: NumberArray<number>, temperature: number) {
  return reference(number, { z }, { temperature }).y
}
