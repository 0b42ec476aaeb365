import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, clear, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of low-rank layers. */
export const lowrankMistakes: readonly Mistake[] = [
  mistake(
    'lowrank.layer',
    'size',
    'sums over at most 128 units of the layer before',
    (the) => the.but({ x: clear(the.inputs.x, 1, (i) => i >= 128) }),
    { sizes: { H: 129 } },
  ),
  mistake(
    'lowrank.layer',
    'shape',
    'square weights are taken for stored by columns',
    (the) => {
      const { H, W } = the.sizes
      const { weights } = the.inputs
      if (H === W) return the.but({ weights: change(weights, (_, i, j) => weights.at(j, i)) })
    },
    { sizes: { H: 2, W: 2 } },
  ),
  mistake('lowrank.layer', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'lowrank.layer',
    'term',
    'adds the bias to the first sample alone',
    (the) => {
      const without = the.but({ bias: change(the.inputs.bias, () => 0) }).y
      return { y: change(the.right.y, (v, n, j) => (n === 0 ? v : without.at(n, j))) }
    },
    { sizes: { N: 2 } },
  ),
  mistake(
    'lowrank.layerCost',
    'range',
    'counts in 31 bits',
    (the) => ({ multiplyAdds: change(the.right.multiplyAdds, (v) => v % 2 ** 31) }),
    { parameters: { samples: 128, before: 9216, units: 4096 } },
  ),
  mistake(
    'lowrank.layerCost',
    'special',
    'a single sample is free of the weights of its last unit',
    (the) => {
      const { samples, before } = the.parameters
      if (samples === 1) return { multiplyAdds: change(the.right.multiplyAdds, (v) => v - before) }
    },
    { parameters: { samples: 1 } },
  ),
  mistake(
    'lowrank.svdShapes',
    'shape',
    'a single row has a middle factor of one number in either form',
    (the) => {
      if (the.parameters.rows === 1) return { middle: change(the.right.middle, () => 1) }
    },
    { parameters: { rows: 1, columns: 5, form: 'full' } },
  ),
  mistake(
    'lowrank.svdShapes',
    'logic',
    'the thin form of a wide matrix is the full one',
    (the) => {
      const { rows, columns } = the.parameters
      if (rows < columns) return the.but({}, { form: 'full' })
    },
    { parameters: { rows: 2, columns: 3, form: 'thin' } },
  ),
  mistake(
    'lowrank.truncate',
    'size',
    'sorts at most 64 singular values',
    (the) => {
      const { R } = the.sizes
      if (R > 64) return the.but({ S: clear(the.inputs.S, 0, (l) => l >= 64) })
    },
    { sizes: { R: 65 }, parameters: { rule: 'threshold', threshold: 0 } },
  ),
  mistake(
    'lowrank.truncate',
    'range',
    'a count of 0 is taken for one that was not given, all',
    (the) => {
      const { rule, count } = the.parameters
      if (rule === 'count' && count === 0) return the.but({}, { count: the.sizes.R })
    },
    { parameters: { rule: 'count', count: 0 } },
  ),
  mistake(
    'lowrank.truncate',
    'range',
    'a threshold of 0 keeps no values of 0',
    (the) => {
      if (the.parameters.rule === 'threshold' && the.parameters.threshold === 0)
        return { kept: change(the.right.kept, (_, l) => (the.inputs.S.at(l) > 0 ? 1 : 0)) }
    },
    { parameters: { rule: 'threshold', threshold: 0 }, elements: { S: (_, l) => l } },
  ),
  mistake(
    'lowrank.truncate',
    'shape',
    'reads square right vectors by rows',
    (the) => {
      const { W, R } = the.sizes
      const { V } = the.inputs
      if (W === R) return the.but({ V: change(V, (_, j, l) => V.at(l, j)) })
    },
    {
      sizes: { W: 2, R: 2 },
      parameters: { rule: 'threshold', threshold: 0 },
    },
  ),
  mistake(
    'lowrank.truncate',
    'special',
    'of two equal values at the end of a count keeps both',
    (the) => {
      const { S } = the.inputs
      const { kept } = the.right
      const least = Math.min(...S.data.filter((_, l) => kept.at(l) === 1))
      return { kept: change(kept, (_, l) => (S.at(l) >= least ? 1 : 0)) }
    },
    {
      sizes: { R: 3 },
      parameters: { rule: 'count', count: 1 },
      elements: { S: () => 2 },
    },
  ),
  mistake('lowrank.truncate', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'lowrank.factorStorage',
    'range',
    'counts with 24 bits',
    (the) => ({ factors: change(the.right.factors, (v) => v % 2 ** 24) }),
    { parameters: { rows: 25088, columns: 4096, kept: 1024 } },
  ),
  mistake(
    'lowrank.factorStorage',
    'logic',
    'where all values are kept, stores the matrix',
    (the) => {
      const { rows, columns, kept } = the.parameters
      if (kept === Math.min(rows, columns)) return { factors: the.right.whole }
    },
    { parameters: { rows: 3, columns: 2, kept: 2 } },
  ),
  mistake(
    'lowrank.compressionRate',
    'special',
    'a matrix of a single row gets smaller with one value',
    (the) => {
      if (the.parameters.rows === 1) return { most: scalar(1) }
    },
    { parameters: { rows: 1, columns: 5, kept: 1 } },
  ),
  mistake('lowrank.compressionRate', 'numeric', 'gives the rate in half precision', (the) => ({
    rate: change(the.right.rate, half),
  })),
  mistake(
    'lowrank.svdShapes',
    'term',
    'the full left factor of a tall matrix has one column too few',
    (the) => {
      const { rows, columns, form } = the.parameters
      if (form === 'full' && rows > columns)
        return { left: change(the.right.left, (side, at) => (at === 1 ? side - 1 : side)) }
    },
    { parameters: { rows: 3, columns: 2, form: 'full' } },
  ),
  mistake(
    'lowrank.rank',
    'range',
    'a tolerance of 0 is taken for one that was not given',
    (the) => {
      if (the.parameters.tolerance === 0) return the.but({}, { tolerance: 2 ** -20 })
    },
    {
      parameters: { tolerance: 0 },
      elements: { S: (_, l) => (l === 0 ? 2 ** 21 : 1) },
      sizes: { R: 2 },
    },
  ),
  mistake(
    'lowrank.rank',
    'special',
    'zeros alone have the rank 1',
    (the) => {
      if (the.inputs.S.data.every((s) => s === 0)) return { whole: scalar(1) }
    },
    { elements: { S: () => 0 } },
  ),
  mistake(
    'lowrank.rank',
    'size',
    'counts at most 16 values',
    (the) => ({ whole: change(the.right.whole, (r) => Math.min(16, r)) }),
    { sizes: { R: 17 }, parameters: { tolerance: 0 }, elements: { S: () => 1 } },
  ),
  mistake(
    'lowrank.errorCurve',
    'shape',
    'with as many values as columns, reads the right vectors by rows',
    (the) => {
      const { W, R } = the.sizes
      const { V } = the.inputs
      if (W === R) return the.but({ V: change(V, (_, j, l) => V.at(l, j)) })
    },
    { sizes: { W: 3, R: 3 } },
  ),
  mistake(
    'lowrank.errorCurve',
    'term',
    'the norm of the inputs is that of the first sample',
    (the) => {
      const { x } = the.inputs
      const first = change(x, (v, n) => (n === 0 ? v : 0))
      return { bounds: the.but({ x: first }).bounds }
    },
    { sizes: { N: 2 } },
  ),
  mistake('lowrank.errorCurve', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'lowrank.errorCurve',
    'size',
    'leaves the ninth value and later out',
    (the) => ({ errors: the.but({ S: clear(the.inputs.S, 0, (l) => l >= 8) }).errors }),
    { sizes: { R: 9 } },
  ),
  mistake(
    'lowrank.twoLayers',
    'logic',
    'absorbed in the right factor, the bias is scaled, too',
    (the) => {
      const { bias, S } = the.inputs
      if (the.parameters.absorbed === 'right')
        return the.but({ bias: change(bias, (b) => b * S.at(0)) })
    },
    { parameters: { absorbed: 'right' } },
  ),
  mistake(
    'lowrank.twoLayers',
    'size',
    'the second layer has at most 32 units before it',
    (the) => the.but({ S: clear(the.inputs.S, 0, (l) => l >= 32) }),
    { sizes: { R: 33 } },
  ),
  mistake('lowrank.twoLayers', 'numeric', 'keeps singular values in half precision', (the) =>
    the.but({ S: change(the.inputs.S, half) }),
  ),
  mistake(
    'lowrank.twoLayers',
    'shape',
    'with as many inputs as values, the left vectors are read by rows',
    (the) => {
      const { H, R } = the.sizes
      const { U } = the.inputs
      if (H === R) return the.but({ U: change(U, (_, i, l) => U.at(l, i)) })
    },
    { sizes: { H: 2, R: 2 } },
  ),
  mistake(
    'lowrank.twoLayersCost',
    'range',
    'counts in 31 bits',
    (the) => ({ whole: change(the.right.whole, (v) => v % 2 ** 31) }),
    { parameters: { samples: 64, rows: 25088, columns: 4096, kept: 1 } },
  ),
  mistake(
    'lowrank.twoLayersCost',
    'special',
    'of a square matrix half of the values still cost less',
    (the) => {
      const { rows, columns } = the.parameters
      if (rows === columns) return { most: scalar(Math.floor(rows / 2)) }
    },
    { parameters: { rows: 4, columns: 4, kept: 1 } },
  ),
  mistake(
    'lowrank.svd',
    'shape',
    'of a wide matrix, leaves the last column out',
    (the) => {
      const { H, W } = the.sizes
      if (H < W) return the.but({ weights: clear(the.inputs.weights, 1, (j) => j === W - 1) })
    },
    { sizes: { H: 2, W: 3 }, elements: { weights: (_, at) => at + 1 } },
  ),
  mistake(
    'lowrank.svd',
    'size',
    'has room for sixteen columns',
    (the) => the.but({ weights: clear(the.inputs.weights, 1, (j) => j >= 16) }),
    { sizes: { H: 2, W: 17 } },
  ),
  mistake(
    'lowrank.svd',
    'special',
    'the value of a single number keeps its sign',
    (the) => {
      const { H, W } = the.sizes
      const w = the.inputs.weights.data[0]
      if (H * W === 1 && w < 0) return { S: change(the.right.S, (s) => -s) }
    },
    { sizes: { H: 1, W: 1 }, elements: { weights: () => -2 } },
  ),
  mistake('lowrank.svd', 'numeric', 'gives values in half precision', (the) => ({
    S: change(the.right.S, half),
  })),
  mistake(
    'lowrank.svd',
    'logic',
    'takes values below a thousandth of the largest for zero',
    (the) => {
      const { S } = the.right
      return { S: change(S, (s) => (s < 1e-3 * S.at(0) ? 0 : s)) }
    },
    {
      sizes: { H: 2, W: 2 },
      elements: { weights: (_, at) => (at === 0 ? 1 : at === 3 ? 2 ** -11 : 0) },
    },
  ),
  mistake(
    'lowrank.randomizedSvd',
    'special',
    'divides the images of a matrix of zeros by their lengths',
    (the) => {
      if (the.inputs.weights.data.every((w) => w === 0))
        return { U: change(the.right.U, () => Number.NaN) }
    },
    { elements: { weights: () => 0 } },
  ),
  mistake(
    'lowrank.randomizedSvd',
    'range',
    'takes at most one power',
    (the) => the.but({}, { powers: Math.min(1, the.parameters.powers) }),
    { sizes: { R: 1, W: 3, H: 3 }, parameters: { powers: 2 } },
  ),
  mistake(
    'lowrank.randomizedSvd',
    'logic',
    'of a wide matrix with powers, ends with a product with the transpose too few',
    (the) => {
      const { H, W } = the.sizes
      const { powers } = the.parameters
      if (W > H && powers > 0) return the.but({}, { powers: powers - 1 })
    },
    { sizes: { R: 1, W: 4, H: 3 }, parameters: { powers: 1 } },
  ),
  mistake(
    'lowrank.randomizedSvd',
    'size',
    'reads at most eight rows of the test matrix',
    (the) =>
      the.sizes.W > 8 ? the.but({ test: clear(the.inputs.test, 0, (j) => j >= 8) }) : undefined,
    { sizes: { R: 2, W: 10, H: 5 }, parameters: { powers: 0 } },
  ),
  mistake(
    'lowrank.randomizedSvd',
    'numeric',
    'keeps the test matrix in bfloat16',
    (the) => the.but({ test: change(the.inputs.test, bfloat) }),
    { sizes: { R: 1, W: 3, H: 3 }, parameters: { powers: 0 } },
  ),
]
