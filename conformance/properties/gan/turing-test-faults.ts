import {
  binomialTest as binomialReference,
  bayesAccuracy as reference,
} from '../../../reference/gan/turing-test.ts'
import { bayesAccuracy, binomialTest } from '../../../spec/gan/turing-test.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(bayesAccuracy, reference)
const wrongTest = faultsOf(binomialTest, binomialReference)

export const wholeDistance = wrong.outputs(
  'forgets the half of the distance in total variation',
  ({ variation }) => ({ variation: scalar(2 * variation.at()) }),
)
export const addsWhole = wrong.outputs('adds the whole distance to one half', ({ variation }) => ({
  accuracy: scalar(0.5 + variation.at()),
}))
export const rightOnData = wrong.outputs(
  'counts the real samples that the best judge tells alone',
  (_, { inputs: { data, generated } }) => {
    const sum = (w: typeof data) => w.data.reduce((total, x) => total + x, 0)
    const [p, q] = [data, generated].map((w) => w.data.map((x) => x / sum(w)))
    return { accuracy: scalar(p!.reduce((total, x, n) => (x > q![n]! ? total + x : total), 0)) }
  },
)
export const errsInstead = wrong.outputs(
  'gives how often the best judge is wrong',
  ({ accuracy }) => ({
    accuracy: scalar(1 - accuracy.at()),
  }),
)
export const asTheyAre = wrong.outputs(
  'takes weights as they are, whatever they add up to',
  (_, { inputs: { data, generated } }) => {
    const apart = data.data.reduce((sum, x, n) => sum + Math.abs(x - generated.data[n]!), 0)
    return { accuracy: scalar(0.5 + apart / 4), variation: scalar(apart / 2) }
  },
)
export const euclidean = wrong.outputs(
  'takes the Euclidean distance',
  (_, { inputs: { data, generated } }) => {
    const sum = (w: typeof data) => w.data.reduce((total, x) => total + x, 0)
    const [p, q] = [sum(data), sum(generated)]
    const apart = Math.hypot(...data.data.map((x, n) => x / p - generated.data[n]! / q))
    return { accuracy: scalar(0.5 + apart / 4), variation: scalar(apart / 2) }
  },
)

export const moreOnly = wrongTest.outputs(
  'counts more right answers, and not as many',
  ({ oneSided, twoSided }, { inputs, parameters, right }) => ({
    oneSided: changed(oneSided, (_, t) => {
      const more = changed(inputs.right, (r) => Math.min(parameters.trials, r + 1))
      return inputs.right.data[t] === parameters.trials
        ? 0
        : right({ right: more }, parameters).oneSided.data[t]!
    }),
    twoSided,
  }),
)
export const doublesOneSide = wrongTest.outputs(
  'doubles the one-sided probability, also below half',
  ({ oneSided }) => ({ twoSided: changed(oneSided, (p) => Math.min(1, 2 * p)) }),
)
export const oneSideForTwo = wrongTest.outputs('gives one side for both', ({ twoSided }) => ({
  twoSided: changed(twoSided, (p) => (p === 1 ? p : p / 2)),
}))
export const beyondOne = wrongTest.outputs(
  'doubles the probability of half the answers beyond 1',
  ({ oneSided, twoSided }, { inputs, parameters }) => ({
    twoSided: changed(twoSided, (p, t) =>
      2 * inputs.right.data[t]! === parameters.trials ? 2 * oneSided.data[t]! : p,
    ),
  }),
)

/** The normal distribution's tail, by the complementary error function (Abramowitz and Stegun 7.1.26). */
function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const tail = (poly * Math.exp(-x * x)) / 2
  return z >= 0 ? tail : 1 - tail
}
export const normalInstead = wrongTest.outputs(
  'takes the normal distribution for the binomial one',
  (outputs, { inputs, parameters: { trials } }) => ({
    oneSided: changed(outputs.oneSided, (_, t) =>
      normalTail((inputs.right.data[t]! - trials / 2) / Math.sqrt(trials / 4)),
    ),
  }),
)
