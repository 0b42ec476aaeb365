import { build, sum } from '../../../reference/arithmetic/array.ts'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { layPoolWindows, type Pooling } from '../../../reference/cnn/pool-window.ts'
import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { change, type Numbers, scalar } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

function pooled(x: Numbers, pooling: Pooling, reduce: (under: readonly number[]) => number) {
  const [N, H, W, K] = x.shape
  const { Ho, Wo, pixels } = layPoolWindows([H, W], pooling)
  return build([N, Ho, Wo, K], (n, i, j, k) =>
    reduce(pixels(i, j).map(([p, q]) => x.at(n, p, q, k))),
  )
}

const added = (terms: readonly number[], start = 0) => terms.reduce((s, t) => f(s + t), start)

/** −0 for every 0: the two are the same number. */
const negative = (array: Numbers) => change(array, (v) => (v === 0 ? -0 : v))

/** The solution of M w = b for a positive definite M, as L Lᵀ w = b. */
function cholesky(M: Numbers, b: Numbers, round: (x: number) => number): number[] {
  const D = b.shape[0]
  const L = Array.from({ length: D }, () => new Array<number>(D).fill(0))
  for (let i = 0; i < D; i++)
    for (let j = 0; j <= i; j++) {
      let rest = M.at(i, j)
      for (let k = 0; k < j; k++) rest = round(rest - round(L[i][k] * L[j][k]))
      L[i][j] = i === j ? round(Math.sqrt(rest)) : round(rest / L[j][j])
    }
  const z: number[] = []
  for (let i = 0; i < D; i++) {
    let rest = b.at(i)
    for (let k = 0; k < i; k++) rest = round(rest - round(L[i][k] * z[k]))
    z[i] = round(rest / L[i][i])
  }
  const w: number[] = []
  for (let i = D - 1; i >= 0; i--) {
    let rest = z[i]
    for (let k = i + 1; k < D; k++) rest = round(rest - round(L[k][i] * w[k]))
    w[i] = round(rest / L[i][i])
  }
  return w
}

/** The same numbers by other formulas, as practice writes them. */
export const algebra: readonly Variation[] = [
  variation('cnn.conv2d', 'gives −0 for 0', (the) => ({ y: negative(the.right.y) })),
  variation('cnn.maxPool', 'gives −0 for 0', (the) => ({ y: negative(the.right.y) })),
  variation('cnn.activation', 'the rectifier gives −0 for 0', (the) => ({
    y: negative(the.right.y),
  })),
  variation(
    'cnn.activation',
    'the sigmoid as (1 + tanh(x / 2)) / 2, which it declares',
    (the) => {
      if (the.parameters.activation === 'sigmoid')
        return { y: change(the.inputs.x, (x) => f(0.5 * f(1 + f(Math.tanh(x / 2))))) }
    },
    profiles['tanh-sigmoid'],
  ),
  variation('cnn.activation', 'the sigmoid by the exponential of −|x|', (the) => {
    const sigmoid = (x: number) => {
      const e = f(Math.exp(-Math.abs(x)))
      return f((x < 0 ? e : 1) / f(1 + e))
    }
    if (the.parameters.activation === 'sigmoid') return { y: change(the.inputs.x, sigmoid) }
  }),
  variation('cnn.activation', 'tanh by e^x − 1, computed as one function', (the) => {
    const tanh = (x: number) => {
      const e = f(Math.expm1(-2 * Math.abs(x)))
      return Math.sign(x) * f(-e / f(2 + e))
    }
    if (the.parameters.activation === 'tanh') return { y: change(the.inputs.x, tanh) }
  }),
  variation('cnn.averagePool', 'multiplies by a rounded reciprocal', (the) => ({
    y: pooled(the.inputs.x, the.parameters, (v) => f(added(v) * f(1 / v.length))),
  })),
  variation('cnn.averagePool', 'weighs every pixel, then adds up', (the) => ({
    y: pooled(the.inputs.x, the.parameters, (v) => added(v.map((x) => f(x * f(1 / v.length))))),
  })),
  variation('cnn.averagePoolGradient', 'multiplies by a rounded reciprocal', (the) =>
    the.in(arithmetic({ divide: (a, b) => f(a * f(1 / b)) })),
  ),
  variation('cnn.lrnAcross', 'the power as the exponential of a logarithm', (the) =>
    the.in(arithmetic({ power: (s, b) => f(Math.exp(f(b * f(Math.log(s))))) })),
  ),
  variation('cnn.lrnAcross', 'multiplies by the power of −β', (the) =>
    the.in(arithmetic({ divide: (x, d) => f(x * f(1 / d)) })),
  ),
  variation('cnn.lrnWithin', 'β = 0.75 as a root times the root of a root', (the) =>
    the.in(
      arithmetic({
        power: (s, b) =>
          b === 0.75 ? f(f(Math.sqrt(s)) * f(Math.sqrt(f(Math.sqrt(s))))) : f(s ** b),
      }),
    ),
  ),
  variation('cnn.dropout', 'scales the mask, then multiplies', (the) => {
    const { x, mask } = the.inputs
    const { rate, training } = the.parameters
    if (training) return { y: change(x, (v, ...at) => f(v * f(mask.at(...at) / f(1 - rate)))) }
  }),
  variation('cnn.dropout', 'multiplies by a rounded reciprocal of what is kept', (the) => {
    const { x, mask } = the.inputs
    const { rate, training } = the.parameters
    if (training)
      return { y: change(x, (v, ...at) => f(f(v * mask.at(...at)) * f(1 / f(1 - rate)))) }
  }),
  variation('cnn.lightJitter', 'by a fused multiply-add', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation('lowrank.randomizedSvd', 'test vectors in another order, and signs turned', (the) => {
    const { test } = the.inputs
    const { R } = the.sizes
    const other = the.but({ test: change(test, (_, j, l) => test.at(j, R - 1 - l)) })
    return { ...other, U: change(other.U, (v) => -v), V: change(other.V, (v) => -v) }
  }),
  variation('lowrank.svd', 'every pair of vectors with the opposite sign', (the) => ({
    U: change(the.right.U, (v) => -v),
    V: change(the.right.V, (v) => -v),
  })),
  variation('lowrank.twoLayers', 'multiplies all factors first', (the) => {
    const { x, U, S, V, bias } = the.inputs
    const weights = build([U.shape[0], V.shape[0]], (i, j) =>
      added(S.data.map((s, l) => f(f(U.at(i, l) * s) * V.at(j, l)))),
    )
    return {
      y: change(the.right.y, (_, n, j) =>
        f(
          bias.at(j) +
            added(Array.from({ length: U.shape[0] }, (_, i) => f(x.at(n, i) * weights.at(i, j)))),
        ),
      ),
    }
  }),
  variation('training.quadratic', 'multiplies A by d, then by d', (the) => {
    const { matrix, minimum, x } = the.inputs
    const d = x.data.map((v, i) => f(v - minimum.at(i)))
    const Ad = d.map((_, i) => added(d.map((v, j) => f(matrix.at(i, j) * v))))
    return { loss: scalar(f(0.5 * added(d.map((v, i) => f(v * Ad[i]))))) }
  }),
  variation(
    'training.quadraticGradient',
    '½ A d + ½ Aᵀ d, as it is derived automatically',
    (the) => {
      const { matrix, minimum, x, dLoss } = the.inputs
      const d = x.data.map((v, i) => f(v - minimum.at(i)))
      const half = (entry: (i: number, j: number) => number) =>
        d.map((_, i) => f(0.5 * added(d.map((v, j) => f(entry(i, j) * v)))))
      const [a, b] = [half((i, j) => matrix.at(i, j)), half((i, j) => matrix.at(j, i))]
      return { dx: change(x, (_, i) => f(dLoss.at() * f(a[i] + b[i]))) }
    },
  ),
  variation('training.ridge', 'by Cholesky’s decomposition, in double precision', (the) => {
    const { x, targets } = the.inputs
    const [N, D] = x.shape
    const dots = (i: number, j: number) =>
      Array.from({ length: N }, (_, n) => x.at(n, i) * x.at(n, j)).reduce((s, v) => s + v, 0)
    const M = build([D, D], (i, j) => dots(i, j) + (i === j ? the.parameters.decay : 0))
    const b = build([D], (i) => targets.data.reduce((s, y, n) => s + x.at(n, i) * y, 0))
    const w = cholesky(M, b, (v) => v)
    if (w.every(Number.isFinite)) return { weights: change(the.right.weights, (_, d) => w[d]) }
  }),
  variation('training.decayedLoss', 'adds the penalty to the squares before it halves', (the) => {
    const { x, targets, weights } = the.inputs
    const squares = targets.data.map((y, n) => {
      const z = f(added(weights.data.map((w, d) => f(x.at(n, d) * w))) - y)
      return f(z * z)
    })
    const penalty = f(the.parameters.decay * added(weights.data.map((w) => f(w * w))))
    return { loss: scalar(f(0.5 * f(added(squares) + penalty))) }
  }),
  variation('inception.pooledHead', 'multiplies sums by a rounded reciprocal', (the) =>
    the.in(arithmetic({ divide: (a, b) => f(a * f(1 / b)) })),
  ),
  variation('inception.pooledHead', 'weighs every pixel, then adds up', (the) => {
    const { x, weights, bias } = the.inputs
    const { N, H, W, K, C } = the.sizes
    const share = f(1 / (H * W))
    const z = (n: number, c: number) => {
      let total = bias.at(c)
      for (let i = 0; i < H; i++)
        for (let j = 0; j < W; j++)
          for (let k = 0; k < K; k++)
            total = f(total + f(f(x.at(n, i, j, k) * share) * weights.at(k, c)))
      return total
    }
    return { z: build([N, C], z) }
  }),
  variation('inception.totalLoss', 'adds up the auxiliary losses, then weighs them', (the) => {
    const { main, auxiliary } = the.inputs
    return { loss: scalar(f(main.at() + f(the.parameters.weight * added(auxiliary.data)))) }
  }),
  variation('inception.totalLoss', 'weighs every auxiliary loss, then adds up', (the) => {
    const { main, auxiliary } = the.inputs
    return {
      loss: scalar(
        added(
          auxiliary.data.map((e) => f(the.parameters.weight * e)),
          main.at(),
        ),
      ),
    }
  }),
  variation(
    'transfer.networkLoss',
    'the logarithm of a sum of exponentials, the largest taken out',
    (the) => the.in(arithmetic({ log: (x) => f(Math.log1p(f(x - 1))) })),
  ),
  variation('distillation.softmax', 'multiplies by a rounded reciprocal of the sum', (the) =>
    the.in(arithmetic({ divide: (a, b) => f(a * f(1 / b)) })),
  ),
  variation('distillation.logSoftmax', 'the logarithm of a sum less 1, plus 1', (the) =>
    the.in(arithmetic({ log: (x) => f(Math.log1p(f(x - 1))) })),
  ),
  variation('distillation.logSumExp', 'exponentials as powers of 2', (the) =>
    the.in(arithmetic({ exp: (x) => f(2 ** (x * Math.LOG2E)) })),
  ),
  variation('distillation.distillationLossGradient', 'by fused multiply-adds', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation('distillation.ensembleGradient', 'by fused multiply-adds', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation(
    'distillation.ensembleCrossEntropyGradient',
    'multiplies by rounded reciprocals',
    (the) => the.in(arithmetic({ divide: (a, b) => f(a * f(1 / b)) })),
  ),
  variation('transfer.freezeStep', 'by fused multiply-adds', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation('cnn.composeConvolutions', 'adds up over places before maps', (the) => {
    const { filters1, filters2, bias1, bias2 } = the.inputs
    const { U2, V2, M, Q } = the.sizes
    const one = (q: number) =>
      sum(arithmetic({}), [M, U2, V2], (m, u, v) => f(filters2.at(u, v, m, q) * bias1.at(m)))
    return filters1.data.length === 0
      ? undefined
      : { bias: build([Q], (q) => f(bias2.at(q) + one(q))) }
  }),
  variation('pruning.byThreshold', 'multiplies by the mask, which gives −0 for 0', (the) => ({
    pruned1: negative(the.right.pruned1),
    pruned2: negative(the.right.pruned2),
  })),
  variation('pruning.l1Step', 'by fused multiply-adds', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation('pruning.l2Step', 'by fused multiply-adds', (the) =>
    the.in(arithmetic({ multiply: (a, b) => a * b })),
  ),
  variation('pruning.l2Penalty', 'takes half of each square, then adds up', (the) => {
    const { weights1, weights2 } = the.inputs
    const halves = [...weights1.data, ...weights2.data].map((w) => f(0.5 * f(w * w)))
    return { penalty: scalar(f(the.parameters.decay * added(halves))) }
  }),
  variation('pruning.unitScores', 'scores as 1-norms, halves first', (the) =>
    the.in(arithmetic({ adding: pairwise(f) })),
  ),
]
