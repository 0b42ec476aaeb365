import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { exploding } from '../../../spec/bptt/exploding.ts'
import { jacobian } from '../../../spec/bptt/jacobian.ts'
import { array, derived, free, whole } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { addsFactors, oneFactorLess, powersOfEntries, sigmoidForTanh } from './jacobian-faults.ts'

/** A network of some units over n steps, without inputs, biases or first states. */
function atRest(W: NumberArray<number>, n: number) {
  const H = W.shape[0]!
  return {
    x: zeros([n, 1, 1]),
    U: zeros([H, 1]),
    W,
    b: zeros([H]),
    h0: zeros([1, H]),
  }
}
const over = (n: number, activation: 'linear' | 'tanh' = 'linear') =>
  ({ activation, start: 0, end: n }) as const

const H = free(2, 3, 'units')
const n = integer({ min: 2, upTo: 6 })

/** Whole eigenvalues, and a basis of vectors of whole numbers whose inverse is whole, too. */
const diagonalizable = {
  dimensions: { H, Entries: derived(() => 3, 'entries below the diagonal') },
  inputs: {
    eigenvalues: whole([-3, 3], 'the eigenvalues', 'H'),
    below: whole([-2, 2], 'what stands below the diagonal of the basis', 'Entries'),
  },
  parameters: { n },
}

type Matrix = NumberArray<number>
const times = (A: Matrix, B: Matrix) =>
  build(A.shape, (i, j) => {
    let entry = 0
    for (let k = 0; k < A.shape[1]!; k++) entry += A.at(i, k) * B.at(k, j)
    return entry
  })

/** A lower triangle with ones on its diagonal, and its inverse. */
function basis(size: number, [a, b, c]: readonly number[]): readonly [Matrix, Matrix] {
  const S = [
    [1, 0, 0],
    [a!, 1, 0],
    [b!, c!, 1],
  ]
  const inverse = [
    [1, 0, 0],
    [-a!, 1, 0],
    [a! * c! - b!, -c!, 1],
  ]
  const leading = (rows: readonly (readonly number[])[]) =>
    build([size, size], (i, j) => rows[i]![j]! + 0)
  return [leading(S), leading(inverse)]
}

/** The largest sum of magnitudes of a row. */
const rowNorm = (A: Matrix) =>
  Math.max(
    ...Array.from({ length: A.shape[0]! }, (_, i) =>
      Array.from({ length: A.shape[1]! }, (_, j) => Math.abs(A.at(i, j))).reduce(
        (s, v) => s + v,
        0,
      ),
    ),
  )

const square = (rows: readonly number[]) =>
  tensor([Math.sqrt(rows.length), Math.sqrt(rows.length)], rows)

/** A network of two units with these weights, over some steps. */
const twoUnits = (weights: readonly number[], steps: number) => ({
  inputs: {
    x: tensor([steps, 1, 1], new Array(steps).fill(0)),
    U: tensor([2, 1], [0, 0]),
    W: square(weights),
    b: tensor([2], [0, 0]),
    h0: tensor([1, 2], [0, 0]),
  },
  parameters: over(steps),
})

export const explodingProperties = properties(
  exploding,
  law('eigenvalues', {
    of: diagonalizable,
    asks: [jacobian],
    title:
      'without an activation, the Jacobian over n steps has the n-th powers of the eigenvalues',
    kills: [powersOfEntries, oneFactorLess],
    share: 0.3,
    async holds({ exact, inputs, measure, parameters: { n }, sizes }) {
      const size = sizes.H!
      const [S, inverse] = basis(size, Array.from(inputs.below.data))
      const diagonal = (power: number) =>
        build([size, size], (i, j) => (i === j ? inputs.eigenvalues.data[i]! ** power : 0))
      const W = times(times(S, diagonal(1)), inverse)
      const right = times(times(S, diagonal(n)), inverse)
      const { J } = await measure(jacobian, atRest(W, n), over(n))
      const expected = build([1, size, size], (_, i, j) => right.at(i, j))
      return [{ label: 'J', expected: exact(expected), actual: J }]
    },
  }),
  law('between', {
    of: diagonalizable,
    asks: [jacobian],
    title: 'its norm lies between ρⁿ and κ ρⁿ',
    kills: [powersOfEntries, addsFactors],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters: { n }, sizes }) {
      const size = sizes.H!
      const { abs, exact, maximum } = arithmetic
      const [S, inverse] = basis(size, Array.from(inputs.below.data))
      const eigenvalues = Array.from(inputs.eigenvalues.data)
      const Lambda = build([size, size], (i, j) => (i === j ? eigenvalues[i]! : 0))
      const W = times(times(S, Lambda), inverse)
      const { J } = await measure(jacobian, atRest(W, n), over(n))
      const rows = Array.from({ length: size }, (_, i) =>
        sum(arithmetic, [size], (j) => abs(J.at(0, i, j))),
      )
      const least = Math.max(...eigenvalues.map(Math.abs)) ** n
      const kappa = rowNorm(S) * rowNorm(inverse)
      return [
        atMost(arithmetic, 'ρⁿ ≤ ‖J‖ ≤ κ ρⁿ', exact(least), maximum(rows), exact(kappa * least)),
      ]
    },
  }),
  law('nilpotent', {
    of: {
      dimensions: { H: free(2, 4, 'units') },
      inputs: { W: array('any weights', 'H', 'H') },
      parameters: { activation: choice('linear', 'tanh') },
    },
    asks: [jacobian],
    values: 'reals',
    title:
      'where all weights stand above the diagonal, nothing is left after as many steps as units',
    kills: [powersOfEntries],
    share: 0.3,
    async holds({ exact, inputs, measure, parameters: { activation }, sizes: { H } }) {
      const all = plain(inputs.W)
      const W = build([H!, H!], (i, j) => (j > i ? Math.sign(all.at(i, j)) * 10 + 1 : 0))
      const { J } = await measure(jacobian, atRest(W, H!), over(H!, activation))
      return [{ label: 'J', expected: exact(zeros(J.shape)), actual: J }]
    },
  }),
  law('rest', {
    of: {
      dimensions: { H },
      inputs: { W: array('the weights', 'H', 'H') },
      parameters: { n },
    },
    asks: [jacobian],
    title: 'around a state of rest tanh is as if it were not there',
    kills: [sigmoidForTanh],
    share: 0.3,
    async holds({ inputs, measure, parameters: { n } }) {
      const question = atRest(plain(inputs.W), n)
      const without = await measure(jacobian, question, over(n))
      const { J } = await measure(jacobian, question, over(n, 'tanh'))
      return [{ label: 'J', expected: without.J, actual: J }]
    },
  }),
  worked('counterexamples', {
    of: jacobian,
    title: 'small entries explode, and a spectral radius of 1 may let gradients grow',
    kills: [powersOfEntries, oneFactorLess],
    cases: [
      {
        says: 'all entries 0.6, ten steps: ½ · 1.2¹⁰',
        ...twoUnits([0.6, 0.6, 0.6, 0.6], 10),
        gives: { J: Array(4).fill(about('3.0959')) },
      },
      {
        says: 'a spectral radius of 1, seven steps',
        ...twoUnits([1, 1, 0, 1], 7),
        gives: { J: [1, 7, 0, 1] },
      },
      {
        says: 'a largest singular value above 4, and a spectral radius of ½, ten steps',
        ...twoUnits([0.5, 4, 0, 0.25], 10),
        // 4 (½¹⁰ − ¼¹⁰) / (½ − ¼)
        gives: { J: [2 ** -10, 16 * (2 ** -10 - 2 ** -20), 0, 2 ** -20] },
      },
    ],
  }),
  worked('E-38', {
    of: jacobian,
    title: 'with an entry of 10 nothing is left after two steps',
    kills: [powersOfEntries],
    ...twoUnits([0, 10, 0, 0], 2),
    notes: { J: [0, 100, 0, 0] },
    gives: { J: [0, 0, 0, 0] },
  }),
)
