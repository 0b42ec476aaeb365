import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { build, type NumberArray, sum } from '../../reference/arithmetic/array.ts'
import type { Reference, References } from '../../reference/reference.ts'
import { array, free, type Operation, operation } from '../../spec/language/operation.ts'
import { integer } from '../../spec/language/parameter.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipes } from '../arbitraries/recipe-arbitrary.ts'
import { compareSlopes, type GradientOf } from './gradient.ts'

// y[i] = max(0, s Σ_j w[i, j] x[j]): a matrix, a rectifier and a whole number.
const dimensions = { M: free(1, 3, 'rows'), N: free(1, 4, 'columns') }
const inputs = { w: array('the matrix', 'M', 'N'), x: array('the vector', 'N') }
const parameters = { s: integer({ min: 1, upTo: 3 }) }
const toy = operation({
  id: 'toy.layer',
  title: 'A rectified linear layer',
  level: 'core',
  dimensions,
  inputs,
  parameters,
  outputs: { y: array('the output', 'M') },
  classes: {},
})
const toyGradient = operation({
  ...toy,
  id: 'toy.layerGradient',
  level: 'gradients',
  inputs: { ...inputs, dy: array('the derivative by the output', 'M') },
  outputs: { dw: array('by the matrix', 'M', 'N'), dx: array('by the vector', 'N') },
})

const layer: Reference<typeof toy> = (arithmetic, { w, x }, { s }) => {
  const { exact, multiply, maximum } = arithmetic
  const [M, N] = w.shape as [number, number]
  const z = build([M], (i) => sum(arithmetic, [N], (j) => multiply(w.at(i, j), x.at(j))))
  return { y: build([M], (i) => maximum([exact(0), multiply(exact(s), z.at(i))])) }
}

/** The gradient, right when `scale` is s. */
const layerGradient =
  (factor: (s: number) => number): Reference<typeof toyGradient> =>
  (arithmetic, { w, x, dy }, { s }) => {
    const { exact, multiply, less } = arithmetic
    const [M, N] = w.shape as [number, number]
    const { y } = layer(arithmetic, { w, x }, { s })
    const dz = build([M], (i) =>
      less(exact(0), y.at(i)) ? multiply(exact(factor(s)), dy.at(i)) : exact(0),
    )
    return {
      dw: build([M, N], (i, j) => multiply(dz.at(i), x.at(j))),
      dx: build([N], (j) => sum(arithmetic, [M], (i) => multiply(dz.at(i), w.at(i, j)))),
    }
  }

const references = (gradient: Reference<typeof toyGradient>) =>
  ({ 'toy.layer': layer, 'toy.layerGradient': gradient }) as unknown as References

function slopes(gradient: Reference<typeof toyGradient>, of: GradientOf = { forward: toy }) {
  return fc
    .sample(recipes(toyGradient, 'reals'), { seed: 3, numRuns: 60 })
    .map((recipe) => realize(toyGradient, recipe))
    .flatMap((testCase) => compareSlopes(toyGradient, of, references(gradient), testCase, 1))
}
const smooth = (gradient: Reference<typeof toyGradient>) =>
  slopes(gradient).filter((slope) => slope.smooth)

describe('the gradient of a toy layer', () => {
  test('agrees with difference quotients when it is right', () => {
    const found = smooth(layerGradient((s) => s))
    expect(found.filter(({ agrees }) => !agrees)).toEqual([])
    expect(found.length).toBeGreaterThan(60)
  })

  test('disagrees when a parameter is forgotten', () => {
    expect(smooth(layerGradient(() => 1)).some(({ agrees }) => !agrees)).toBe(true)
  })

  test('disagrees by the twentieth digit', () => {
    const right = layerGradient((s) => s)
    const almost: typeof right = (arithmetic, given, parameters) => {
      const { dw, dx } = right(arithmetic, given, parameters)
      const off = arithmetic.add(arithmetic.exact(1), arithmetic.exact(2 ** -66))
      const last = dw.data.length - 1
      const spoiled = dw.data.map((x, i) => (i === last ? arithmetic.multiply(off, x) : x))
      return { dw: build(dw.shape, (i, j) => spoiled[i * dw.shape[1]! + j]!), dx }
    }
    const wrong = smooth(almost).filter(({ agrees }) => !agrees)
    expect(new Set(wrong.map(({ output }) => output))).toEqual(new Set(['dw']))
  })

  test('says where the rectifier has its kink', () => {
    const zeros = { sizes: { M: 2, N: 3 }, parameters: { s: 2 }, distribution: 'zeros', seed: 1 }
    const [byMatrix, byVector] = compareSlopes(
      toyGradient,
      { forward: toy },
      references(layerGradient((s) => s)),
      realize(toyGradient, zeros),
      1,
    )
    // With all zeros, moving either factor alone changes nothing: no kink, and a slope of 0.
    expect([byMatrix!.smooth, byVector!.smooth]).toEqual([true, true])
    const some = slopes(layerGradient((s) => s))
    expect(some.some((slope) => !slope.smooth)).toBe(true)
  })
})

describe('names', () => {
  const renamed: Operation = {
    ...toy,
    id: 'toy.renamed',
    inputs: { matrix: toy.inputs.w, x: toy.inputs.x },
    parameters: { scale: toy.parameters.s },
    outputs: { out: toy.outputs.y },
  }
  const renamedLayer = (
    arithmetic: never,
    { matrix, x }: { matrix: NumberArray<never>; x: NumberArray<never> },
    { scale }: { scale: number },
  ) => ({ out: layer(arithmetic, { w: matrix, x }, { s: scale }).y })
  const all = {
    ...references(layerGradient((s) => s)),
    'toy.renamed': renamedLayer,
  } as unknown as References
  const [recipe] = fc.sample(recipes(toyGradient, 'reals'), { seed: 4, numRuns: 1 })
  const testCase = realize(toyGradient, recipe!)
  const of: GradientOf = {
    forward: renamed,
    outputs: { dw: 'matrix' },
    upstream: { out: 'dy' },
    inputs: { matrix: 'w' },
    parameters: ({ s }) => ({ scale: s }),
  }

  test('that differ are mapped', () => {
    expect(compareSlopes(toyGradient, of, all, testCase, 1).map(({ agrees }) => agrees)).toEqual([
      true,
      true,
    ])
  })

  test('that say nothing are an error', () => {
    const { outputs, ...silent } = of
    expect(outputs).toBeDefined()
    expect(() => compareSlopes(toyGradient, silent, all, testCase, 1)).toThrow(
      /dw is the derivative by none of matrix, x/,
    )
  })
})

test('what a gradient has on its way is the derivative by nothing', () => {
  const stateful = operation({
    ...toyGradient,
    outputs: { ...toyGradient.outputs, y: array('the output', 'M') },
    states: ['y'],
  })
  const withOutput: Reference<typeof stateful> = (arithmetic, inputs, parameters) => ({
    ...layerGradient((s) => s)(arithmetic, inputs, parameters),
    ...layer(arithmetic, inputs, parameters),
  })
  const all = { 'toy.layer': layer, 'toy.layerGradient': withOutput } as unknown as References
  const [recipe] = fc.sample(recipes(stateful, 'reals'), { seed: 4, numRuns: 1 })
  const found = compareSlopes(stateful, { forward: toy }, all, realize(stateful, recipe!), 1)
  expect(found.map(({ output, agrees }) => [output, agrees])).toEqual([
    ['dw', true],
    ['dx', true],
  ])
})
