import { describe, expect, it } from 'vitest'
import { operations } from '../spec/index.ts'
import type { Operation } from '../spec/language/operation.ts'
import { build, fromData } from './arithmetic/array.ts'
import { number } from './arithmetic/number.ts'
import { references, referencesById } from './index.ts'

describe('an array that is left out', () => {
  it('means a bias of 0', () => {
    const x = fromData([1, 1, 3, 1], [1, 2, 3])
    const filters = fromData([1, 2, 1, 1], [1, 0])
    const parameters = { strides: [1, 1], dilations: [1, 1], padding: 'valid' }
    const { y } = referencesById['cnn.conv2d']!(number, { x, filters }, parameters)
    expect(y!.data).toEqual([1, 2])
  })

  it('has a size of its own where that follows from the operation alone', () => {
    const unit = {
      x: fromData([1, 1, 1], [0]),
      U: fromData([4, 1, 1], [0, 0, 0, 0]),
      W: fromData([4, 1, 1], [0, 0, 0, 0]),
      c0: fromData([1, 1], [4]),
    }
    const parameters = { direction: 'forward', coupled: false }
    const { c } = referencesById['lstm.forward']!(number, unit, parameters)
    expect(c!.data).toEqual([2])
  })

  it('may be left out of every operation that says so, whose sizes the other arrays or nothing but the operation tell', () => {
    const optional = operations.filter(({ inputs }) =>
      Object.values(inputs).some((input) => 'optional' in input),
    )
    expect(optional.length).toBeGreaterThan(6)
    for (const { id, inputs, dimensions } of optional as readonly Operation[]) {
      for (const [name, input] of Object.entries(inputs)) {
        if (!('optional' in input)) continue
        const others = Object.entries(inputs).filter(
          ([other, given]) => other !== name && !('optional' in given),
        )
        const derived = Object.entries(dimensions)
          .filter(([, { kind }]) => kind === 'derived')
          .map(([axis]) => axis)
        const told = [...others.flatMap(([, { axes }]) => axes), ...derived]
        expect(told, `${id}, ${name}`).toEqual(expect.arrayContaining([...input.axes]))
      }
    }
  })

  it('is an error of who leaves out what may not be', () => {
    const x = build([1, 1, 1, 1], () => 1)
    const call = () => references['cnn.conv2d'](number, { x } as never, {} as never)
    expect(call).toThrow()
  })
})
