import { optimalDiscriminator as reference } from '../../../reference/gan/optimal-discriminator.ts'
import { optimalDiscriminator } from '../../../spec/gan/optimal-discriminator.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(optimalDiscriminator, reference)

export const shareOfGenerated = wrong.outputs(
  'gives the share of generated samples',
  ({ probability }) => ({ probability: changed(probability, (d) => 1 - d) }),
)
export const givesRatio = wrong.outputs('gives the ratio of both densities', ({ probability }) => ({
  probability: changed(probability, (d) => d / (1 - d)),
}))
export const givesDensity = wrong.outputs(
  'gives the density of the data',
  (_, { inputs: { data } }) => {
    const all = data.data.reduce((sum, p) => sum + p, 0)
    return { probability: changed(data, (p) => p / all) }
  },
)
export const choosesLikelier = wrong.outputs(
  'decides for what is likelier, 1 or 0',
  ({ probability }) => ({
    probability: changed(probability, (d) => (d === 0.5 ? d : Math.round(d))),
  }),
)
export const weightsAsTheyAre = wrong.outputs(
  'takes weights as they are, which need not add up to 1',
  ({ probability }, { inputs: { data, generated } }) => ({
    probability: changed(probability, (d, n) => {
      const both = data.at(n) + generated.at(n)
      return both === 0 ? d : data.at(n) / both
    }),
  }),
)
export const nothingByNothing = wrong.outputs(
  'divides 0 by 0 where neither distribution comes',
  ({ probability }, { inputs: { data, generated } }) => ({
    probability: changed(probability, (d, n) =>
      data.at(n) + generated.at(n) === 0 ? Number.NaN : d,
    ),
  }),
)
export const valueInBits = wrong.outputs('takes the value in bits', ({ value }) => ({
  value: changed(value, (v) => v / Math.LN2),
}))
export const zeroLogZero = wrong.outputs(
  'lets 0 ln 0 be no number',
  ({ value }, { inputs: { data, generated } }) => ({
    value: changed(value, (v) =>
      data.data.some((p, n) => (p === 0) !== (generated.at(n) === 0)) ? Number.NaN : v,
    ),
  }),
)
export const valueOfUndecided = wrong.outputs(
  'gives the value of the solved game',
  ({ value }) => ({ value: filled(value.shape, -Math.log(4)) }),
)
export const dataAlone = wrong.outputs(
  'takes the expectation over the data alone',
  ({ probability, value }, { inputs: { data } }) => {
    const all = data.data.reduce((sum, p) => sum + p, 0)
    const terms = data.data.map((p, n) => (p === 0 ? 0 : (p / all) * Math.log(probability.at(n))))
    return {
      value: filled(
        value.shape,
        terms.reduce((sum, v) => sum + v, 0),
      ),
    }
  },
)
export const valueIsDivergence = wrong.outputs(
  'E-55 read literally: gives the Jensen–Shannon divergence for the value',
  ({ value }) => ({ value: changed(value, (v) => (v + Math.log(4)) / 2) }),
)
export const valueBelow = wrong.outputs(
  'takes the divergence once instead of twice',
  ({ value }) => ({ value: changed(value, (v) => (v - Math.log(4)) / 2) }),
)
