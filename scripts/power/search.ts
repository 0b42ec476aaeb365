import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import type { Case } from '../../conformance/arbitraries/case.ts'
import { realize } from '../../conformance/arbitraries/fill.ts'
import { recipeDrawer } from '../../conformance/arbitraries/recipe-arbitrary.ts'
import { mapValues } from '../../conformance/base/records.ts'
import { boundedBy } from '../../conformance/engine/expectations.ts'
import type { Evaluate, Outputs } from '../../conformance/engine/implementation.ts'
import { type Arithmetic, Indeterminate } from '../../reference/arithmetic/arithmetic.ts'
import { lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { number } from '../../reference/arithmetic/number.ts'
import { ieee } from '../../reference/arithmetic/profile.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation, Space } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Mistake, ShownBy } from './mistake.ts'
import { references } from './notice.ts'

const bounds = boundedBy('float32', ieee)

/**
 * A case on which a wrong implementation is wrong: its answer differs from the reference by more than
 * rounding in single precision can explain, it spoils what it was given, or an answer that it gave
 * before. `null` if none is found among so many that are drawn as the mistake says.
 */
export async function caseThatShows(
  { operation, shownBy, make }: Mistake,
  tries = 400,
): Promise<Case | null> {
  const evaluate = make()
  const draw = drawer(directed(operation, shownBy), 0)
  let before: { readonly the: Case; readonly answer: Outputs } | null = null
  for (let i = 0; i < tries; i++) {
    const drawn = validly(operation, draw)
    if (drawn === null) continue
    // The same shapes with other elements follow, for those that remember.
    for (const the of [drawn, { ...drawn, inputs: mapValues(drawn.inputs, stirred) }]) {
      const found = await shows(operation, withElements(the, shownBy), evaluate)
      if (found === null) continue
      if (found.wrong) return found.the
      if (before !== null && differs(operation, before.the, before.answer)) return before.the
      before = found
    }
  }
  return null
}

async function shows(operation: Operation, the: Case, evaluate: Evaluate) {
  const given = mapValues(the.inputs, (tensor) => ({ ...tensor, data: tensor.data.slice() }))
  const answer = await evaluate(given, the.parameters)
  const spoilt = Object.entries(given).some(([name, { data }]) =>
    data.some((v, at) => !Object.is(v, the.inputs[name].data[at])),
  )
  return { the, answer, wrong: spoilt || differs(operation, the, answer) }
}

/** A number that is expected, and by how much rounding can explain another. */
interface Allowed {
  readonly value: number
  readonly error: number
}

/** Whether an answer is one that the reference rules out. What it leaves open rules out nothing. */
export function differs(operation: Operation, the: Case, answer: Outputs): boolean {
  const reference = references[operation.id]
  const { inputs, parameters } = the
  const evaluate = <T>(arithmetic: Arithmetic<T>, allow: (x: T) => Allowed) => {
    const lifted = mapValues(inputs, (tensor) => lift(arithmetic, tensor))
    const expected: Record<string, NumberArray<T>> = reference(arithmetic, lifted, parameters)
    return Object.entries(expected).some(([name, { shape, data }]) => {
      const given = answer[name]
      const sameShape = given.shape.join() === shape.join()
      return !sameShape || data.some((x, at) => isRuledOut(allow(x), given.data[at]))
    })
  }
  // Bounds say nothing of numbers that are not finite. A wrong answer is made of a right one, so that
  // without a mistake they would be the same.
  const finite = Object.values(inputs).every(({ data }) => data.every(Number.isFinite))
  if (!finite) return evaluate(number, (x) => ({ value: Math.fround(x), error: 0 }))
  try {
    return evaluate(bounds, (x) => ({ value: bounds.toNumber(x), error: bounds.error(x) }))
  } catch (thrown) {
    if (thrown instanceof Indeterminate) return false
    throw thrown
  }
}

function isRuledOut({ value, error }: Allowed, given: number): boolean {
  if (!Number.isFinite(error) || Object.is(value, given) || value === given) return false
  return !(Math.abs(value - given) <= error)
}

/** The space of an operation with some sizes and parameters fixed. */
function directed(operation: Operation, { sizes = {}, parameters = {} }: ShownBy): Space {
  return {
    ...operation,
    dimensions: {
      ...operation.dimensions,
      ...mapValues(sizes, (size) => ({
        kind: 'free' as const,
        min: size,
        upTo: size,
        meaning: '',
      })),
    },
    parameters: {
      ...operation.parameters,
      ...mapValues(parameters, (value) => ({ kind: 'choice' as const, options: [value] as never })),
    },
  }
}

/** Cases of a space, one after the other. */
export function drawer(space: Space, seed: number): () => Case {
  const draw = recipeDrawer(space, 'reals')
  const generator = xorshift128plus(seed)
  return () => {
    generator.jump()
    return realize(space, draw(new fc.Random(generator)))
  }
}

/** The next case; `null` if sizes that were fixed leave no room for a window, say. */
function validly(operation: Operation, draw: () => Case): Case | null {
  try {
    const the = draw()
    checkArguments(operation, the.inputs, the.parameters)
    return the
  } catch {
    return null
  }
}

function withElements(the: Case, { elements = {} }: ShownBy): Case {
  const inputs = { ...the.inputs }
  for (const [name, element] of Object.entries(elements)) {
    const { dtype, shape, data } = inputs[name]
    inputs[name] = { dtype, shape, data: Float32Array.from(data as Float32Array, element) }
  }
  return { ...the, inputs }
}

/** Other elements of the same kind: the old ones from the last to the first. */
function stirred(tensor: Tensor): Tensor {
  return { ...tensor, data: tensor.data.slice().reverse() }
}
