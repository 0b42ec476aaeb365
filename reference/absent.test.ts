import { describe, expect, it } from 'vitest'
import { operations } from '../spec/index.ts'
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

  it('may be left out of every operation that says so, whose sizes the other arrays tell', () => {
    const optional = operations.filter(({ inputs }) =>
      Object.values(inputs).some((input) => 'optional' in input),
    )
    expect(optional.length).toBeGreaterThan(6)
    for (const { id, inputs } of optional) {
      for (const [name, input] of Object.entries(inputs)) {
        if (!('optional' in input)) continue
        const others = Object.entries(inputs).filter(
          ([other, given]) => other !== name && !('optional' in given),
        )
        const told = others.flatMap(([, { axes }]) => axes)
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
