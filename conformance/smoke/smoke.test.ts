import { describe, expect, it } from 'vitest'
import { operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Evaluate, Outputs } from '../engine/implementation.ts'
import { changed, right, spoilt } from '../fixtures/sample-reports.ts'
import { byteSwapped, laidOut, misread } from './layout.ts'
import { smokeOperation } from './smoke.ts'

const conv2d = (operations as readonly Operation[]).find(({ id }) => id === 'cnn.conv2d')!
const answerOf = right.operations['cnn.conv2d']!

/** What smoke says of a convolution that answers in this way. */
async function saidOf(evaluate: Evaluate) {
  const { blame, problem } = await smokeOperation(conv2d, spoilt({ 'cnn.conv2d': evaluate }))
  return { blame, problem }
}

/** A convolution whose answer is carried back wrongly. */
const carried =
  (change: (y: Outputs[string]) => Outputs[string] | undefined): Evaluate =>
  async (inputs, parameters) => {
    const { y } = await answerOf(inputs, parameters)
    return { y: change(y!) } as Outputs
  }

const float32 = (data: readonly number[]) => Float32Array.from(data)

describe('smoke', () => {
  it('finds nothing wrong with the reference, in any operation', async () => {
    for (const operation of operations as readonly Operation[]) {
      const result = await smokeOperation(operation, right)
      expect(result, operation.id).toMatchObject({ blame: 'nobody', problem: '' })
    }
  })

  const adapters: readonly (readonly [string, Evaluate, RegExp])[] = [
    ['an answer that is missing', carried(() => undefined), /no array named y/],
    [
      'an answer in another order of axes',
      carried(({ shape, data, dtype }) => {
        const order = [0, 3, 1, 2]
        const turned = order.map((axis) => shape[axis]!)
        return { dtype, shape: turned, data: float32(laidOut(data, shape, order)) }
      }),
      /y comes as N × Q × Ho × Wo; expected N × Ho × Wo × Q/,
    ],
    [
      'an answer laid out in another order',
      carried((y) => ({ ...y, data: float32(laidOut(y.data, y.shape, [3, 2, 1, 0])) })),
      /the numbers of y are laid out as Q × Wo × Ho × N/,
    ],
    [
      'an answer that lost its shape',
      carried((y) => ({ ...y, shape: [y.data.length] })),
      /y has the right numbers, but another shape/,
    ],
    [
      'bytes in the wrong order',
      carried((y) => ({ ...y, data: float32(byteSwapped(y.data)) })),
      /the bytes of y are in the wrong order/,
    ],
    [
      'numbers of 8 bytes taken for ones of 4',
      carried((y) => ({ ...y, data: new Float32Array(2 * y.data.length) })),
      /as if numbers of 4 bytes were taken for ones of 8/,
    ],
    [
      'an input read in another order of axes',
      (inputs, parameters) =>
        answerOf({ ...inputs, filters: misread(inputs.filters!, [3, 2, 0, 1]) }, parameters),
      /filters is read as if it were laid out as Q × K × Hf × Wf/,
    ],
    [
      'all inputs read by columns',
      (inputs, parameters) => {
        const read = Object.entries(inputs).map(([name, tensor]) => {
          const order = tensor.shape.map((_, axis) => axis).toReversed()
          return [name, misread(tensor, order)] as const
        })
        return answerOf(Object.fromEntries(read), parameters)
      },
      /as if the first axis varied fastest/,
    ],
    [
      'parameters in the wrong order',
      (inputs, { strides, ...rest }) =>
        answerOf(inputs, { ...rest, strides: (strides as number[]).toReversed() }),
      /strides are read in the wrong order/,
    ],
    [
      'an input that is written into',
      (inputs, parameters) => {
        inputs.x!.data[0]! += 1
        return answerOf(inputs, parameters)
      },
      /it changes its input x/,
    ],
    [
      'an error whatever it is given',
      () => {
        throw new Error('no such symbol')
      },
      /it throws whatever it is given: no such symbol/,
    ],
  ]
  it.each(adapters)('blames the adapter for %s', async (_, evaluate, problem) => {
    const said = await saidOf(evaluate)
    expect(said.problem).toMatch(problem)
    expect(said.blame).toBe('adapter')
  })

  it('blames the adapter for answers that lag behind', async () => {
    const asked: (() => ReturnType<Evaluate>)[] = []
    const said = await saidOf((inputs, parameters) => {
      asked.push(() => answerOf(inputs, parameters))
      return asked.at(asked.length > 1 ? -2 : -1)!()
    })
    expect(said).toEqual({ blame: 'adapter', problem: 'it answers the question before' })
  })

  it.each([
    ['adds one', changed('cnn.conv2d', (value) => value + 1)],
    ['answers NaN', changed('cnn.conv2d', () => Number.NaN)],
    ['doubles', changed('cnn.conv2d', (value) => value * 2)],
  ] as const)('blames the implementation when it %s', async (_, evaluate) => {
    const said = await saidOf(evaluate)
    expect(said.problem).toMatch(/^y, element \d+, is \S+; expected \S+$/)
    expect(said.blame).toBe('implementation')
  })
})
