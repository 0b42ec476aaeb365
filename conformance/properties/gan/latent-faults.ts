import { build } from '../../../reference/arithmetic/array.ts'
import {
  latentArithmetic as arithmeticReference,
  interpolate as reference,
} from '../../../reference/gan/latent.ts'
import { interpolate, latentArithmetic } from '../../../spec/gan/latent.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(interpolate, reference)
const wrongArithmetic = faultsOf(latentArithmetic, arithmeticReference)

export const swapsEnds = wrong.inputs('begins with the end', ({ start, end }) => ({
  start: end,
  end: start,
}))

export const mixesSamples = wrong.outputs(
  'mixes the samples of both ends instead of their noise',
  ({ x }, { inputs, parameters, right }) => {
    const ends = right({ ...inputs, shares: build([2], (end) => end) }, parameters).x
    return {
      x: build(x.shape, (l, j) => {
        const share = inputs.shares.at(l)
        return (1 - share) * ends.at(0, j) + share * ends.at(1, j)
      }),
    }
  },
)

export const keepsNorm = wrong.answer(
  'makes noise between the ends as long as the start',
  ({ inputs, parameters, right }) => {
    const { noise } = right(inputs, parameters)
    const [L, Z] = noise.shape as [number, number]
    const whole = Math.hypot(...inputs.start.data)
    const rows = Array.from({ length: L }, (_, l) => {
      const z = noise.data.slice(l * Z, (l + 1) * Z)
      const norm = Math.hypot(...z)
      const end = build([Z], (j) => (norm === 0 ? 0 : (z[j]! * whole) / norm))
      return right({ ...inputs, end, shares: build([1], () => 1) }, parameters)
    })
    return {
      noise: build([L, Z], (l, j) => rows[l]!.noise.at(0, j)),
      x: build([L, inputs.generatorOutputBias.shape[0]!], (l, j) => rows[l]!.x.at(0, j)),
    }
  },
)

export const staysInside = wrong.inputs('goes no farther than the ends', ({ shares }) => ({
  shares: changed(shares, (share) => Math.min(1, Math.max(0, share))),
}))

export const shrinksStart = wrong.answer(
  'takes the start in full and adds a share of the end',
  ({ inputs, parameters, right }) => {
    const end = build(inputs.end.shape, (j) => inputs.start.at(j) + inputs.end.at(j))
    return right({ ...inputs, end }, parameters)
  },
)

export const turnsEverySecond = wrong.answer(
  'turns the noise of every second point around',
  ({ inputs, parameters, right }) => {
    const { noise, x } = right(inputs, parameters)
    const turned = (vector: typeof inputs.start) => changed(vector, (z) => -z)
    const { start, end } = inputs
    const other = right({ ...inputs, start: turned(start), end: turned(end) }, parameters)
    return {
      noise: build(noise.shape, (l, j) => (l % 2 === 0 ? noise : other.noise).at(l, j)),
      x: build(x.shape, (l, j) => (l % 2 === 0 ? x : other.x).at(l, j)),
    }
  },
)

export const addsAll = wrongArithmetic.inputs('adds what is to be taken away', ({ b }) => ({
  b: changed(b, (v) => -v),
}))

export const countsBiases = wrongArithmetic.outputs(
  'leaves the biases of what is taken away in the sum',
  ({ sum }, { inputs: { generatorOutputBias: bias } }) => ({
    sum: changed(sum, (v, at) => v + bias.data[at % bias.data.length]!),
  }),
)

export const saysAffine = wrongArithmetic.outputs('takes any generator for affine', ({ sum }) => ({
  x: sum,
}))

export const alwaysTanh = wrongArithmetic.parameters('has tanh, whatever is asked for', () => ({
  activation: 'tanh',
}))

export const forgetsStart = wrongArithmetic.inputs('begins with nothing', ({ a }) => ({
  a: changed(a, () => 0),
}))
