import { number } from '../../reference/arithmetic/number.ts'
import { formats, type Precision, roundTo } from '../../reference/arithmetic/precision.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { isUnsupported } from '../base/errors.ts'
import { Answers } from './answers.ts'
import type { Drawn } from './cases.ts'
import { expectedOf } from './expectations.ts'
import type { Subject } from './subject.ts'

/**
 * So many units of rounding, of the largest number of an output, look like more than rounding. It decides what
 * is judged first and nothing else: what looks right will be judged, and what looks wrong may be right.
 */
const suspicious = 2 ** 4

/**
 * Whether the answer to a case of a comparison with the reference looks wrong: asked once, and compared with
 * what the reference says in plain numbers, which takes a fraction of what judging it takes.
 */
export async function looksWrong(
  { property, implementation, watch }: Subject,
  drawn: Drawn,
): Promise<boolean> {
  const { precision, wholeBuffers } = implementation
  const { testCase, expectations } = drawn.on(precision)
  const { inputs, parameters } = testCase
  const operation = property.operations[0]!
  const answers = new Answers({
    implementation,
    dtype: precision === 'float64' ? 'float64' : 'float32',
    times: 1,
    withinBuffer: property.values === 'reals' && !wholeBuffers,
    watch,
    bothWithin: () => true,
  })
  const expected = expectedOf(() =>
    expectations.evaluate(number, operation, inputs, parameters, (output) => output),
  )
  if (expected === null) return false
  try {
    const answer = await answers.ask(operation, inputs, parameters)
    return Object.keys(answer).some((output) =>
      looksOff(expected[output]!.data, answer[output]!.data, precision),
    )
  } catch (thrown) {
    return !isUnsupported(thrown)
  }
}

function looksOff(
  expected: readonly number[],
  actual: Tensor['data'],
  precision: Precision,
): boolean {
  let largest = 0
  for (const value of expected) {
    const size = Math.abs(value)
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size
  }
  const { bits, minNormal } = formats[precision]
  const tolerance = suspicious * 2 ** -bits * largest + minNormal
  for (let i = 0; i < expected.length; i++) {
    const [value, given] = [expected[i]!, actual[i]!]
    if (Math.abs(given - value) <= tolerance || Object.is(value, given)) continue
    // What overflows in the format is infinite there.
    if (roundTo(precision, value) !== given) return true
  }
  return false
}
