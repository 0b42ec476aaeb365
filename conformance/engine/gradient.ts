import type { Arithmetic } from '../../reference/arithmetic/arithmetic.ts'
import { fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { type Arrays, directional, slope } from '../../reference/arithmetic/derivative.ts'
import { decimal, type Extended, extended } from '../../reference/arithmetic/extended.ts'
import type { References } from '../../reference/reference.ts'
import type { Operation, Parameters, Sizes } from '../../spec/language/operation.ts'
import { elements } from '../../spec/language/tensor.ts'
import type { Case } from '../arbitraries/case.ts'
import { stream } from '../arbitraries/random.ts'

/**
 * How an operation is the gradient of another, as far as its names do not say it.
 *
 * By its names, `dFilters` among its outputs is the derivative by the input `filters` of the forward
 * operation, `dy` among its inputs is the derivative of the loss by the forward output `y`, and other
 * inputs and parameters are those of the same name.
 */
export interface GradientOf {
  readonly forward: Operation
  /** The forward input by which an output is the derivative: `{ dx: 'x' }`. */
  readonly outputs?: Readonly<Record<string, string>>
  /** The input that is the derivative of the loss by a forward output: `{ y: 'dy' }`; `null` for one
   * that the loss does not depend on. */
  readonly upstream?: Readonly<Record<string, string | null>>
  /** The input that the forward operation knows by another name: `{ filters: 'w' }`. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly parameters?: (parameters: Parameters, sizes: Sizes) => Parameters
  /** The sizes of axes that only the forward operation has, such as those of a kernel for the bias. */
  readonly sizes?: (sizes: Sizes) => Sizes
}

/** How the gradient by one input came out, along one random direction, in which others may lie, too. */
export interface Slope {
  readonly output: string
  /** Σ gradient · direction, and what the difference quotient says. */
  readonly claimed: Extended
  readonly measured: Extended
  readonly agrees: boolean
  /** Whether the loss has a derivative there, of one formula; if not, nothing is asked of the gradient. */
  readonly smooth: boolean
}

/** What is left of the 40 digits of a quotient where terms of 10^15 cancel; nine more than a double has. */
const agreement = decimal('1e-25')

/**
 * Compares the reference of a gradient with the difference quotient of the operation it belongs to.
 *
 * The loss is Σ dy · y, whose derivative by y is dy, and 1 · y for an output of which no derivative is
 * given. One random direction sees every element: both sides have 40 digits, so an error in any
 * element shows unless it is 10^-25 of the whole. All inputs are moved at once, and each on its own only
 * where that meets a kink, or does not agree.
 */
export function compareSlopes(
  gradient: Operation,
  of: GradientOf,
  references: References,
  testCase: Case,
  seed: number,
): readonly Slope[] {
  const { forward } = of
  const random = stream(seed, gradient.id)
  const lifted = Object.fromEntries(
    Object.entries(testCase.inputs).map(([name, tensor]) => [name, lift(extended, tensor)]),
  )
  const anything = (shape: readonly number[]) =>
    fromData(
      shape,
      Array.from({ length: elements(shape) }, () => extended.exact(2 * random.unit() - 1)),
    )
  // A gradient of a linear operation may not need the input by which it is taken.
  const sizes = { ...testCase.sizes, ...of.sizes?.(testCase.sizes) }
  const at: Arrays = Object.fromEntries(
    Object.entries(forward.inputs).map(([name, { axes }]) => [
      name,
      lifted[of.inputs?.[name] ?? name] ?? anything(axes.map((symbol) => sizes[symbol]!)),
    ]),
  )
  const named = Object.keys(forward.parameters).map((name) => [name, testCase.parameters[name]])
  const parameters =
    of.parameters?.(testCase.parameters, testCase.sizes) ?? Object.fromEntries(named)

  const loss = <T>(arithmetic: Arithmetic<T>, inputs: Arrays<T>): T => {
    const outputs = references[forward.id]!(arithmetic, inputs, parameters)
    return arithmetic.total(
      Object.entries(outputs).flatMap(([name, { data }]) => {
        const named = of.upstream?.[name]
        if (named === null) return []
        const given = named ?? Object.keys(lifted).find((input) => isDerivative(input, name))
        if (given === undefined) return data
        const weights = lift(arithmetic, testCase.inputs[given]!).data
        return data.map((y, i) => arithmetic.multiply(weights[i]!, y))
      }),
    )
  }
  const answer = references[gradient.id]!(extended, lifted, testCase.parameters)
  // What it has on its way is no derivative by an input.
  const claims = Object.entries(answer).filter(([output]) => !gradient.states?.includes(output))
  const byInput: Record<string, NumberArray<Extended>> = {}
  const outputs = claims.map(([output, claim]) => {
    const by = of.outputs?.[output] ?? inputOf(forward, output)
    const shape = at[by]?.shape.join(', ')
    if (claim.shape.join(', ') !== shape) {
      throw new RangeError(`${gradient.id}: ${output} has not the shape [${shape}] of ${by}`)
    }
    byInput[by] = claim
    return { output, by, direction: { [by]: anything(claim.shape) } }
  })
  const compare = (direction: Arrays, magnitude: Extended) => {
    const claimed = slope(byInput, direction)
    const { value, error, smooth, turns } = directional(loss, at, direction)
    const open = extended.add(error, extended.multiply(agreement, magnitude))
    const agrees = extended.subtract(claimed, value).abs().lte(open)
    return { claimed, measured: value, agrees, smooth: smooth && !turns }
  }
  const sized = outputs.map((each) => ({
    ...each,
    magnitude: slope(magnitudes({ [each.by]: byInput[each.by]! }), magnitudes(each.direction)),
  }))
  if (sized.length > 1) {
    // As strict as by the smallest of them, which the others would hide.
    const [least] = sized.map(({ magnitude }) => magnitude).toSorted((x, y) => x.cmp(y))
    const together = Object.assign({}, ...outputs.map(({ direction }) => direction)) as Arrays
    const slopes = compare(together, least!)
    if (slopes.agrees && slopes.smooth) return outputs.map(({ output }) => ({ output, ...slopes }))
  }
  return sized.map(({ output, direction, magnitude }) => ({
    output,
    ...compare(direction, magnitude),
  }))
}

/** Whether a name is that of the derivative by another: `dFilters` by `filters`, `dh0` by `h0`. */
function isDerivative(name: string, by: string): boolean {
  return name.toLowerCase() === `d${by.toLowerCase()}`
}

/** The input by which an output is the derivative. */
function inputOf(forward: Operation, output: string): string {
  const names = Object.keys(forward.inputs)
  const found = names.find((name) => isDerivative(output, name))
  if (found === undefined) {
    throw new RangeError(`${output} is the derivative by none of ${names.join(', ')}`)
  }
  return found
}

function magnitudes(arrays: Arrays): Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      fromData(shape, data.map(extended.abs)),
    ]),
  )
}
