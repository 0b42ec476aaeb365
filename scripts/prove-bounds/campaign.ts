import * as fc from 'fast-check'
import type { Recipe } from '../../conformance/arbitraries/case.ts'
import { realize } from '../../conformance/arbitraries/fill.ts'
import { recipes } from '../../conformance/arbitraries/recipe-arbitrary.ts'
import { messageOf } from '../../conformance/base/message.ts'
import { judge } from '../../conformance/engine/judge.ts'
import type { Reading } from '../../conformance/engine/reading.ts'
import type { Difference } from '../../conformance/engine/verdict.ts'
import { type Device, useDevice } from '../../impl/device/device.ts'
import { evaluateOn } from '../../impl/evaluate.ts'
import { fast as fastByOperation } from '../../impl/index.ts'
import type { Fast } from '../../impl/operation.ts'
import { fromData, lift, type NumberArray } from '../../reference/arithmetic/array.ts'
import { bounded } from '../../reference/arithmetic/bounded.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import { references as referenceByOperation } from '../../reference/index.ts'
import type { Reference } from '../../reference/reference.ts'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { fast as fastHere } from './fast.ts'
import * as here from './operations.ts'

/** An operation with its reference, and what TensorFlow.js does for it. */
interface Subject {
  readonly operation: Operation
  readonly title: string
  readonly reference: Reference<Operation>
  readonly fast: Fast<Operation>
}

const references = { ...referenceByOperation, ...here.references } as object as Readonly<
  Record<string, Reference<Operation>>
>
const fast = { ...fastByOperation, ...fastHere } as object as Readonly<
  Record<string, Fast<Operation>>
>
const { maxPool, averagePool, lrn, softmax, matMul, tanhCell } = here
const operations = [conv2d, maxPool, averagePool, lrn, softmax, matMul, tanhCell]

/** Everything that is put to the proof. */
export const subjects: readonly Subject[] = operations.map((operation: Operation) => ({
  operation,
  title: operation === conv2d ? 'convolution' : operation.title,
  reference: references[operation.id]!,
  fast: fast[operation.id]!,
}))

/** A case on which a device is further from the reference than the bound allows. */
export interface Alarm {
  readonly recipe: Recipe
  readonly reason: string
  readonly difference: Difference | null
}

/** How one operation fared on one device. */
export interface Outcome {
  readonly operation: string
  readonly device: string
  readonly cases: number
  /** Cases in which the bound of some element is infinite: nothing can be said of them. */
  readonly open: number
  readonly alarms: readonly Alarm[]
  readonly worst: number
  /** Half of the cases use up no more of their bound than this. */
  readonly median: number
  /** Why the operation could not be tried. */
  readonly unsupported: string | null
}

/**
 * Compares what TensorFlow.js gives on a device with the reference and its bound, on random cases.
 * The same seed gives the same cases on every device.
 */
export async function prove(
  { operation, title, reference, fast }: Subject,
  device: Device,
  { cases, seed }: { readonly cases: number; readonly seed: number },
): Promise<Outcome> {
  const arithmetic = bounded(device.precision, profiles[device.profile])
  const read = (x: Reading) => x
  const evaluate = evaluateOn(operation, fast, { waits: device.name === 'webgpu' })
  const alarms: Alarm[] = []
  const used: number[] = []
  let open = 0

  await useDevice(device)
  for (const recipe of fc.sample(recipes(operation, 'reals'), { seed, numRuns: cases })) {
    const { inputs, parameters } = realize(operation, recipe)
    let answers: Readonly<Record<string, Tensor>>
    try {
      answers = await evaluate(inputs, parameters)
    } catch (error) {
      const unsupported = messageOf(error)
      return { ...outcome(), unsupported }
    }
    const lifted = Object.entries(inputs).map(([name, x]) => [name, lift(arithmetic, x)])
    const { y } = reference(arithmetic, Object.fromEntries(lifted), parameters as never) as {
      y: NumberArray<ReturnType<typeof arithmetic.exact>>
    }
    const { shape, data } = answers.y!
    const judgement = judge(
      {
        label: 'y',
        expected: fromData<Reading>(
          y.shape,
          y.data.map((x) => ({ value: arithmetic.toNumber(x), error: arithmetic.error(x) })),
        ),
        actual: fromData<Reading>(
          shape,
          Array.from(data, (value) => ({ value, error: 0 })),
        ),
      },
      read,
    )
    if (!judgement.agrees) {
      const { reason, difference } = judgement
      alarms.push({ recipe, reason, difference })
      continue
    }
    if (judgement.open) open++
    used.push(judgement.utilization)
  }

  function outcome(): Outcome {
    const ordered = Float64Array.from(used).sort()
    return {
      operation: title,
      device: device.name,
      cases: used.length + alarms.length,
      open,
      alarms,
      worst: ordered.at(-1) ?? 0,
      median: ordered[ordered.length >> 1] ?? 0,
      unsupported: null,
    }
  }
  return outcome()
}
