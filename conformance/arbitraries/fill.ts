import type { ArrayInput, Space } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type { Case, Recipe } from './case.ts'
import { type Distribution, distributions } from './distributions.ts'
import { type Random, stream } from './random.ts'

/** The numbers that the precision under test can hold, and the element type that carries them. */
export interface Grid {
  readonly round: (x: number) => number
  /** Whether an array of the element type rounds to the grid by itself, and holds all that is drawn. */
  readonly native: boolean
  readonly dtype: 'float32' | 'float64'
}

export const float32Grid: Grid = { round: Math.fround, native: true, dtype: 'float32' }

/** Makes the case that a recipe stands for: the same one at any time, on any machine. */
export function realize(space: Space, recipe: Recipe, grid: Grid = float32Grid): Case {
  const distribution = distributions[recipe.distribution]
  if (!distribution) throw new Error(`there is no distribution '${recipe.distribution}'`)
  const inputs: Record<string, Tensor> = {}
  for (const [name, input] of Object.entries(space.inputs)) {
    const shape = input.axes.map((symbol) => recipe.sizes[symbol])
    const data = fill(input, elements(shape), distribution, stream(recipe.seed, name), grid)
    inputs[name] = { dtype: grid.dtype, shape, data }
  }
  return { sizes: recipe.sizes, inputs, parameters: recipe.parameters }
}

function fill(
  input: ArrayInput,
  length: number,
  distribution: Distribution,
  random: Random,
  grid: Grid,
): Float32Array | Float64Array {
  const data = grid.dtype === 'float32' ? new Float32Array(length) : new Float64Array(length)
  if (input.elements === 'bit') {
    for (let i = 0; i < length; i++) data[i] = random.below(2)
    return data
  }
  if (grid.native) distribution(random, data)
  else {
    const exact = new Float64Array(length)
    distribution(random, exact)
    for (let i = 0; i < length; i++) data[i] = onGrid(exact[i]!, grid)
  }
  if (input.elements === 'nonnegative') {
    for (let i = 0; i < length; i++) data[i] = Math.abs(data[i])
  }
  return data
}

/** The nearest number of the grid; one beyond a narrow grid (2^20 in float16) is scaled into it. */
function onGrid(x: number, grid: Grid): number {
  const rounded = grid.round(x)
  return Number.isFinite(rounded) ? rounded : grid.round(x * 2 ** -16)
}
