import { describe, expect, it } from 'vitest'
import { operations } from '../../spec/index.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { ErrorAnswer, ImplementationFailure, Unsupported } from '../base/errors.ts'
import type { Evaluate, Outputs } from '../engine/implementation.ts'
import { changed, right, spoilt } from '../fixtures/sample-reports.ts'
import { byteSwapped, flipped, laidOut, misread, turned } from './layout.ts'
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
      'all arrays taken and given with their channels first',
      async (inputs, parameters) => {
        const { x, filters, bias } = inputs as Record<string, Tensor>
        const read = {
          x: misread(x!, [0, 3, 1, 2]),
          filters: misread(filters!, [3, 2, 0, 1]),
          bias: bias!,
        }
        const { y } = await answerOf(read, parameters)
        return { y: { ...y!, data: float32(laidOut(y!.data, y!.shape, [0, 3, 1, 2])) } }
      },
      /arrays are read as if their channels came first, which axes: 'channels first' would declare; and answered so/,
    ],
    [
      'parameters in the wrong order',
      (inputs, { strides, ...rest }) =>
        answerOf(inputs, { ...rest, strides: (strides as number[]).toReversed() }),
      /strides are read in the wrong order/,
    ],
    [
      'rows and columns exchanged in all parameters',
      (inputs, { strides, dilations, padding }) =>
        answerOf(inputs, {
          strides: strides.toReversed(),
          dilations: dilations.toReversed(),
          padding:
            typeof padding === 'string' ? padding : [...padding.slice(2), ...padding.slice(0, 2)],
        }),
      /equal ours with rows and columns exchanged in strides, dilations, padding/,
    ],
    [
      'sides of the padding in another order',
      (inputs, { padding, ...rest }) =>
        answerOf(inputs, {
          ...rest,
          padding:
            typeof padding === 'string' ? padding : [0, 2, 1, 3].map((side) => padding[side]),
        }),
      /padding are read in the order 1, 3, 2, 4/,
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

  it.each([
    [
      'a kernel that is flipped',
      'cnn.conv2d',
      ({ filters, ...rest }, parameters) =>
        answerOf({ ...rest, filters: flipped(filters!, [0, 1]) }, parameters),
      'its answers equal ours with filters flipped along Hf and Wf',
    ],
    [
      'an α of the mean',
      'cnn.lrnAcross',
      (inputs, { alpha, ...rest }) =>
        right.operations['cnn.lrnAcross']!(inputs, {
          ...rest,
          alpha: alpha / (2 * rest.radius + 1),
        }),
      'its answers equal ours with alpha divided by n = 2 radius + 1',
    ],
  ] as readonly (readonly [string, string, Evaluate, string])[])(
    'tells another convention: %s',
    async (_, id, evaluate, problem) => {
      const operation = (operations as readonly Operation[]).find((it) => it.id === id)!
      const said = await smokeOperation(operation, spoilt({ [id]: evaluate }))
      expect(said).toMatchObject({ blame: 'convention', problem })
    },
  )

  it.each([
    ['an error', new Error('only stride 1')],
    ['saying that it is unsupported', new Unsupported('only stride 1')],
    ['the error of a program', new ErrorAnswer('only stride 1')],
  ])('does not call wrong what refuses some cases by %s', async (_, error) => {
    const strides = ({ strides: given }: Parameters) =>
      given.every((stride: number) => stride === 1)
    const refusing: Evaluate = (inputs, parameters) => {
      if (!strides(parameters)) throw error
      return answerOf(inputs, parameters)
    }
    const said = await smokeOperation(conv2d, spoilt({ 'cnn.conv2d': refusing }))
    expect(said).toMatchObject({ blame: 'nobody', cases: 4, refusal: 'only stride 1' })
    expect(said.refused).toBeGreaterThan(0)
  })

  it('asks what declares its domain within it', async () => {
    const asked: number[] = []
    const narrow: Evaluate = (inputs, parameters) => {
      asked.push(inputs.x!.shape[3]!)
      return answerOf(inputs, parameters)
    }
    const supports = { 'cnn.conv2d': { sizes: { K: { multipleOf: 4 } } } }
    const said = await smokeOperation(conv2d, spoilt({ 'cnn.conv2d': narrow }, { supports }))
    expect(said).toMatchObject({ blame: 'nobody', cases: 4, refused: 0 })
    expect(asked.map((channels) => channels % 4)).toEqual([0, 0, 0, 0])
  })

  it('finds a mistake of what refuses some cases all the same', async () => {
    const wrong: Evaluate = (inputs, parameters) => {
      if (parameters.strides[0] !== 1) throw new Unsupported('only stride 1')
      return changed('cnn.conv2d', (value) => value + 1)(inputs, parameters)
    }
    expect((await saidOf(wrong)).blame).toBe('implementation')
  })

  it('finds out that an operation wants its channels first, where it refuses all others', async () => {
    const written: Evaluate = async ({ x, filters, bias }, parameters) => {
      if (x!.shape[1] !== filters!.shape[1]) throw new Error('the channels differ')
      const inputs = { x: turned(x!, [0, 2, 3, 1]), filters: turned(filters!, [2, 3, 1, 0]) }
      const { y } = await answerOf({ ...inputs, bias: bias! }, parameters)
      return { y: turned(y!, [0, 3, 1, 2]) }
    }
    const { blame, problem } = await saidOf(written)
    expect(blame).toBe('adapter')
    expect(problem).toMatch(
      /it refuses arrays as they come, and is right where channels come first/,
    )
  })

  it('does not take a failure for a refusal', async () => {
    const said = await saidOf(() => {
      throw new ImplementationFailure('out of memory')
    })
    expect(said.blame).toBe('implementation')
    expect(said.problem).toMatch(/it fails on the first case .*: out of memory/)
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
    [
      'of whole numbers',
      'cnn.conv2d',
      5 * 2 ** -23,
      /^y, .*, \d last places? off where nothing needs to be rounded$/,
    ],
    [
      'with a bound',
      'distillation.softmax',
      1e-5,
      /last places off, [\d.]+ times what rounding explains$/,
    ],
  ] as const)(
    'takes what is off by a few last places for rounded, %s',
    async (_, id, by, words) => {
      const operation = (operations as readonly Operation[]).find((each) => each.id === id)!
      const off = changed(id, (value) => Math.fround(value * (1 + by)))
      const { blame, problem } = await smokeOperation(operation, spoilt({ [id]: off }))
      expect(problem).toMatch(words)
      expect(blame).toBe('rounding')
    },
  )

  it.each([
    ['adds one', changed('cnn.conv2d', (value) => value + 1)],
    ['answers NaN', changed('cnn.conv2d', () => Number.NaN)],
    ['doubles', changed('cnn.conv2d', (value) => value * 2)],
    ['adds a thousandth', changed('cnn.conv2d', (value) => value * 1.001)],
  ] as const)('blames the implementation when it %s', async (_, evaluate) => {
    const said = await saidOf(evaluate)
    expect(said.problem).toMatch(/^y, element \d+, is \S+; expected \S+$/)
    expect(said.blame).toBe('implementation')
  })
})
