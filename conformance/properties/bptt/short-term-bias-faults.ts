import { shortTermShare as reference } from '../../../reference/bptt/short-term-bias.ts'
import { shortTermShare } from '../../../spec/bptt/short-term-bias.ts'
import { changed, permuted, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(shortTermShare, reference)

export const firstStepsShare = wrong.outputs(
  'gives the share of the first steps',
  ({ contributions }, { parameters: { last } }) => {
    const { data } = contributions
    const sum = (values: readonly number[]) => values.reduce((total, v) => total + v, 0)
    return { share: scalar(sum(data.slice(0, last)) / sum(data)) }
  },
)

export const firstStepFirst = wrong.outputs(
  'gives the contributions in the order of their exponents',
  ({ contributions }, { parameters: { steps } }) => ({
    contributions: permuted(contributions, (s) => [steps - 1 - s]),
  }),
)

export const oneStepMore = wrong.outputs(
  'takes one power too many: the last input goes through the weight, too',
  ({ contributions }, { parameters: { weight } }) => ({
    contributions: changed(contributions, (v) => v * Math.abs(weight)),
  }),
)

export const keepsSigns = wrong.outputs(
  'gives derivatives in place of their sizes',
  ({ contributions }, { parameters: { weight, steps } }) => ({
    contributions: changed(contributions, (v, s) =>
      weight < 0 && (steps - 1 - s) % 2 === 1 ? -v : v,
    ),
  }),
)

export const countsSteps = wrong.outputs(
  'gives the share of the number of steps',
  (_, { parameters: { last, steps } }) => ({ share: scalar(last / steps) }),
)

export const zeroToTheZero = wrong.outputs(
  'takes 0⁰ for 0',
  ({ contributions, share }, { parameters: { weight } }) =>
    weight === 0
      ? { contributions: changed(contributions, () => 0), share: scalar(Number.NaN) }
      : { share },
)

export const infiniteSequence = wrong.outputs(
  'takes the sequence for infinitely long',
  ({ share }, { parameters: { weight, last } }) =>
    Math.abs(weight) < 1 ? { share: scalar(1 - Math.abs(weight) ** last) } : { share },
)
