import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift } from '../../reference/arithmetic/array.ts'
import type { Bounded, BoundedArithmetic } from '../../reference/arithmetic/bounded.ts'
import { paths, SeveralWays } from '../../reference/arithmetic/paths.ts'
import { formats } from '../../reference/arithmetic/precision.ts'
import { tape } from '../../reference/arithmetic/tape.ts'
import { TapeFull } from '../../reference/arithmetic/tape-record.ts'
import type { References } from '../../reference/reference.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { drawSeed } from '../arbitraries/draws.ts'
import { realize } from '../arbitraries/fill.ts'
import { RecipeMaker } from '../arbitraries/recipe.ts'
import { workOf } from '../arbitraries/work.ts'
import { hash } from '../base/hash.ts'
import { mapValues } from '../base/records.ts'
import type { Inputs } from './implementation.ts'

/** Beyond so many units of its own size, what a number inherits is worth a second look. */
const doubtful = 2 ** 10

/** What may be flushed to zero says nothing of depth, however large beside numbers as small. */
const manySubnormals = 2 ** 20

/** Whether a bound that was carried forwards may be far too large: what its terms bring with them is large. */
export function isInDoubt({ precision }: BoundedArithmetic, { inherited, magnitude }: Bounded) {
  const { operandBits, minNormal } = formats[precision]
  if (!Number.isFinite(inherited)) return true
  return (
    inherited > doubtful * 2 ** -operandBits * magnitude && inherited > manySubnormals * minNormal
  )
}

/** Cases that are looked at to find out whether errors may cancel in an operation, and how large they are. */
const [looks, mostWorkOfLook] = [24, 400]

const known = new WeakMap<Operation, boolean>()

/**
 * Whether errors may cancel in an operation: in some case, a rounding reaches an element of an output on
 * several ways. If not, adjoints can gain nothing. Found out once, on small cases that are always the same.
 */
export function mayCancel(operation: Operation, references: References): boolean {
  const before = known.get(operation)
  if (before !== undefined) return before
  const found = looksAt(operation, references)
  known.set(operation, found)
  return found
}

function looksAt(operation: Operation, references: References): boolean {
  const maker = new RecipeMaker(operation, 'reals')
  const random = new fc.Random(xorshift128plus(hash(operation.id, 0)))
  for (let look = 0; look < looks; look++) {
    const recipe = { ...maker.make(maker.draw(random)), seed: drawSeed(random) }
    if (workOf(operation, recipe.sizes, recipe.parameters) > mostWorkOfLook) continue
    const { inputs, parameters } = realize(operation, { ...recipe, distribution: 'normal' })
    const arithmetic = paths()
    const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    try {
      references[operation.id]!(arithmetic, arrays, parameters)
    } catch (thrown) {
      if (thrown instanceof SeveralWays) return true
      throw thrown
    }
  }
  return false
}

/** Bounds by adjoints, of one element after the other. */
export interface Adjoints {
  /** The smaller one of it and a bound that was carried forwards. */
  orLess(forwards: number, output: string, position: number): number
}

/** Operations that the tape of one question keeps, and steps back that all of its bounds may take. */
interface Limits {
  readonly longest: number
  readonly mostSteps: number
}

const usualLimits: Limits = { longest: 1e5, mostSteps: 1e6 }

/** Where the bound that was carried forwards says nothing, so that without another the case is lost. */
const patientLimits: Limits = { longest: 2e6, mostSteps: 1e8 }

/** Of the size of a number itself, a bound of it says nothing. */
const saysNothing = 0.1

function limitsFor(forwards: number, { magnitude }: Bounded): Limits {
  return forwards < saysNothing * magnitude ? usualLimits : patientLimits
}

/** After so many bounds of a question that are not smaller by a tenth, no more are tried. */
const mostInVain = 4

/** Whether an output of so many elements, of four operations or more each, has room on a tape. */
export const isAffordable = (elements: number) => 4 * elements <= usualLimits.longest

/**
 * The bounds that adjoints arrive at, as far as they can be afforded beside one that was carried forwards;
 * `null` where the question is too large, or where a decision that is clear forwards is open on the tape.
 */
export function adjointsOf(
  { precision, profile }: BoundedArithmetic,
  references: References,
  operation: Operation,
  inputs: Inputs,
  parameters: Parameters,
  [forwards, number]: readonly [error: number, of: Bounded],
): Adjoints | null {
  const { longest, mostSteps } = limitsFor(forwards, number)
  const arithmetic = tape(precision, profile, { longest, steps: mostSteps / 4 })
  const arrays = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
  try {
    const outputs = references[operation.id]!(arithmetic, arrays, parameters)
    let [inVain, ofUse] = [0, false]
    return {
      orLess: (forwards, output, position) => {
        if (arithmetic.steps() >= mostSteps || (!ofUse && inVain >= mostInVain)) return forwards
        const backwards = arithmetic.error(outputs[output]!.data[position]!)
        if (backwards < 0.9 * forwards) ofUse = true
        else inVain++
        return Math.min(forwards, backwards)
      },
    }
  } catch (thrown) {
    if (thrown instanceof Indeterminate || thrown instanceof TapeFull) return null
    throw thrown
  }
}
