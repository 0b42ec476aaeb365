import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { distributionDescent as reference } from '../../../reference/gan/convergence-of-pg.ts'
import { distributionDescent } from '../../../spec/gan/convergence-of-pg.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(distributionDescent, reference)

export const climbs = wrong.parameters('climbs the value of the game', ({ rate }) => ({
  rate: -rate,
}))
export const fullSteps = wrong.parameters('steps with the rate 1 always', () => ({ rate: 1 }))
export const notNormalized = wrong.outputs(
  'does not divide by the sum',
  ({ generated }, { parameters }) => ({
    generated: changed(generated, (v) => v * (1 + parameters.rate)),
  }),
)
export const exchangesParts = wrong.inputs(
  'moves the data to what is generated',
  ({ data, start }) => ({
    data: start,
    start: changed(data, (v) => v + 2 ** -20),
  }),
)
export const withoutConstant = wrong.outputs(
  'gives twice the divergence, without its constant',
  ({ criterion }) => ({
    criterion: changed(criterion, (v) => v + Math.log(4)),
  }),
)
export const onceTheDivergence = wrong.outputs('adds the divergence once', ({ criterion }) => ({
  criterion: changed(criterion, (v) => (v - Math.log(4)) / 2),
}))
export const inBits = wrong.outputs('gives the value in bits', ({ criterion }) => ({
  criterion: changed(criterion, (v) => v / Math.LN2),
}))
export const startsAnew = wrong.outputs('begins every step at the start', ({ generated }) => ({
  generated: stacked(Array.from({ length: generated.shape[0]! }, () => memberOf(generated, 0))),
}))
export const startsUniform = wrong.inputs('begins with the same mass everywhere', ({ start }) => ({
  start: filled(start.shape, 1),
}))
export const additive = wrong.outputs(
  'subtracts the slope, and takes what is negative for 0',
  (_, { inputs: { data, start }, parameters: { rate, steps } }) => {
    const share = (masses: readonly number[]) => {
      const all = masses.reduce((sum, v) => sum + v, 0)
      return masses.map((v) => v / all)
    }
    const p = share(data.data)
    let q = share(start.data)
    const after = Array.from({ length: steps }, () => {
      q = share(q.map((v, x) => Math.max(2 ** -20, v - rate * Math.log(v / (v + p[x]!)))))
      return q
    })
    return { generated: build([steps, p.length], (t, x) => after[t]![x]!) }
  },
)
export const perMass = wrong.inputs(
  'takes masses for probabilities',
  (inputs, { parameters, sizes }) => ({
    // A rate that depends on the mass is a start that does.
    start: changed(inputs.start, (v, x) =>
      x === 0 && sizes.N! > 1 && parameters.rate > 0
        ? v * inputs.data.data.reduce((a, b) => a + b, 0)
        : v,
    ),
  }),
)
