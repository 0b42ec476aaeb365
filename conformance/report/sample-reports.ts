import { references } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { References } from '../engine/bench.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Evaluate, Implementation } from '../engine/implementation.ts'
import { run } from '../run.ts'
import type { Report } from './model.ts'

/** Real reports for the tests of what is made from them: of the reference, whole or spoilt. */
export const right = referenceImplementation(operations, references as unknown as References)

/** A message as nasty as an implementation can send. */
export const hostile =
  'no <script>alert("1")</script> & \u001b[31m]]> `$x` | \u0000 \ud800 --> {{constructor}}'

/** The reference, but for some operations. */
export function spoilt(
  changes: Readonly<Record<string, Evaluate>>,
  more: Partial<Implementation> = {},
): Implementation {
  return { ...right, operations: { ...right.operations, ...changes }, ...more }
}

/** An operation that answers the reference's numbers, changed. */
export function changed(id: string, change: (value: number) => number): Evaluate {
  return async (inputs, parameters) => {
    const answer = await right.operations[id]!(inputs, parameters)
    return Object.fromEntries(
      Object.entries(answer).map(([name, tensor]) => [
        name,
        { ...tensor, data: Float32Array.from(tensor.data as Float32Array, change) },
      ]),
    )
  }
}

export function reportOn(
  implementation: Implementation,
  ids: readonly string[],
  runs = 10,
): Promise<Report> {
  return run({
    implementation,
    clauses: clauses.filter(({ id }) => ids.includes(id)),
    runs,
    seed: 0,
    seconds: null,
    kept: {},
    onProgress: () => {},
  })
}

export const conforming = () =>
  reportOn(right, ['cnn.conv2d.forward', 'resnet.stage.cost-constant'])

export const violating = () =>
  reportOn(
    spoilt(
      { 'cnn.conv2d': changed('cnn.conv2d', (value) => value + 1) },
      { name: 'off <b>by</b> one', version: '2.1.0' },
    ),
    ['cnn.conv2d.forward', 'resnet.stage.cost-constant'],
  )

export const errored = () =>
  reportOn(
    spoilt(
      {
        'resnet.block': () => {
          throw new Error(hostile)
        },
        'cnn.conv2d': changed('cnn.conv2d', () => Number.NaN),
      },
      { name: hostile, version: '0' },
    ),
    ['cnn.conv2d.forward', 'resnet.block.forward', 'resnet.block.identity-free'],
  )
