import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { jensenShannon as reference } from '../../../reference/gan/jsd-equivalence.ts'
import { jensenShannon } from '../../../spec/gan/jsd-equivalence.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(jensenShannon, reference)

type Weights = NumberArray<number>
const shares = (w: Weights) => {
  const all = w.data.reduce((sum, v) => sum + v, 0)
  return w.data.map((v) => v / all)
}

/** A sum over points of something else of both shares. */
const summing = (name: string, term: (p: number, q: number) => number) =>
  wrong.answer(name, ({ inputs: { data, generated } }) => {
    const [p, q] = [shares(data), shares(generated)]
    return { divergence: scalar(p.reduce((sum, share, n) => sum + term(share, q[n]!), 0)) }
  })
const klTerm = (p: number, m: number) => (p === 0 ? 0 : p * Math.log(p / m))
const f = Math.fround
const single = (p: number, m: number) => (p === 0 ? 0 : f(f(p) * f(Math.log(f(f(p) / m)))))

export const inBits = wrong.outputs('gives bits', ({ divergence }) => ({
  divergence: changed(divergence, (v) => v / Math.LN2),
}))
export const givesRoot = wrong.outputs('gives the square root, the distance', ({ divergence }) => ({
  divergence: changed(divergence, (v) => Math.sqrt(v)),
}))
export const addsBoth = wrong.outputs(
  'adds both divergences instead of taking their mean',
  ({ divergence }) => ({ divergence: changed(divergence, (v) => 2 * v) }),
)
export const fromOneSide = summing('takes the divergence of the data from the mean alone', (p, q) =>
  klTerm(p, (p + q) / 2),
)
export const kullbackLeibler = summing('gives the divergence from the generated samples', (p, q) =>
  klTerm(p, q),
)
export const meanOfBoth = summing(
  'takes the mean of both divergences from each other',
  (p, q) => (klTerm(p, q) + klTerm(q, p)) / 2,
)
export const weightsAsTheyAre = wrong.answer(
  'takes weights as they are, which need not add up to 1',
  ({ inputs: { data, generated } }) => {
    const m = (n: number) => (data.at(n) + generated.at(n)) / 2
    const terms = data.data.map((p, n) => klTerm(p, m(n)) + klTerm(generated.at(n), m(n)))
    return { divergence: scalar(terms.reduce((sum, v) => sum + v, 0) / 2) }
  },
)
export const cancels = summing(
  'adds divergences in single precision, which cancel where both are close',
  (p, q) => {
    const m = f((f(p) + f(q)) / 2)
    return (single(p, m) + single(q, m)) / 2
  },
)
export const zeroIsNone = summing('lets 0 ln 0 be no number', (p, q) => {
  const m = (p + q) / 2
  return (p * Math.log(p / m) + q * Math.log(q / m)) / 2
})
export const commonPointsAlone = summing('leaves out points that only one of them has', (p, q) =>
  p * q === 0 ? 0 : (klTerm(p, (p + q) / 2) + klTerm(q, (p + q) / 2)) / 2,
)
export const addsEpsilon = summing('adds 1e-3 to every share before the logarithm', (p, q) => {
  const [a, b] = [p + 1e-3, q + 1e-3]
  return (klTerm(a, (a + b) / 2) + klTerm(b, (a + b) / 2)) / 2
})
