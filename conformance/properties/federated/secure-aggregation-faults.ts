import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { secureSum as reference } from '../../../reference/federated/secure-aggregation.ts'
import { secureSum } from '../../../spec/federated/secure-aggregation.ts'
import { filled, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(secureSum, reference)

const residue = (x: number, R: number) => ((x % R) + R) % R

/** The residues of the sums of some numbers of clients. */
function sumOf(numbers: Numbers, present: Numbers, R: number): Numbers {
  const [K, P] = numbers.shape as [number, number]
  return build([P], (i) => {
    let sum = 0
    for (let k = 0; k < K; k++) if (present.at(k) === 1) sum += numbers.at(k, i)
    return residue(sum, R)
  })
}

export const everybodyAdds = wrong.outputs(
  'adds the masks on both sides of a pair',
  (_, { inputs: { values, masks, present }, parameters: { modulus: R } }) => {
    const [K, P] = values.shape as [number, number]
    const uploads = build([K, P], (k, i) => {
      let sum = values.at(k, i)
      for (let l = 0; l < K; l++) if (l !== k) sum += masks.at(Math.min(k, l), Math.max(k, l), i)
      return residue(sum, R)
    })
    return { uploads, sum: sumOf(uploads, present, R) }
  },
)

export const takesOwnOrder = wrong.inputs(
  'reads each mask from the row of the client that uses it',
  ({ masks }) => ({ masks: build(masks.shape, (k, l, i) => masks.at(l, k, i)) }),
)

export const masksItself = wrong.outputs(
  'adds a mask of a client with itself',
  (_, { inputs: { masks, present }, parameters: { modulus: R }, inputs, parameters, right }) => {
    const { uploads } = right(inputs, parameters)
    const masked = build(uploads.shape, (k, i) => residue(uploads.at(k, i) + masks.at(k, k, i), R))
    return { uploads: masked, sum: sumOf(masked, present, R) }
  },
)

export const forgetsDropouts = wrong.outputs(
  'leaves the masks of clients that dropped out in the sum',
  ({ uploads }, { inputs: { present }, parameters: { modulus } }) => ({
    sum: sumOf(uploads, present, modulus),
  }),
)

export const countsDropouts = wrong.outputs(
  'adds what clients have that dropped out',
  (_, { inputs, parameters, right }) => ({
    sum: right({ ...inputs, present: filled(inputs.present.shape, 1) }, parameters).sum,
  }),
)

export const sendsPlainly = wrong.inputs('sends numbers without masks', ({ masks }) => ({
  masks: zeros(masks.shape),
}))

export const negativeRemainders = wrong.outputs(
  'has negative remainders of negative numbers',
  ({ uploads }, { inputs: { values, masks }, parameters: { modulus: R } }) => ({
    uploads: build(uploads.shape, (k, i) => {
      let sum = values.at(k, i)
      for (let l = k + 1; l < values.shape[0]!; l++) sum += masks.at(k, l, i)
      for (let l = 0; l < k; l++) sum -= masks.at(l, k, i)
      return sum % R
    }),
  }),
)

export const sumsBeyond = wrong.outputs(
  'gives the sum without its residue',
  (_, { inputs: { values, present } }) => ({
    sum: sumOf(values, present, Number.MAX_SAFE_INTEGER),
  }),
)
