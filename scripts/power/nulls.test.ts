import { expect, test } from 'vitest'
import { conv2d } from '../../spec/cnn/conv2d.ts'
import { operations } from '../../spec/index.ts'
import { nullKernels, nullKernelsOf } from './nulls.ts'
import { differs, drawer } from './search.ts'

/** Whether a null kernel is told from the right one on any of some cases. */
async function isTold(operation: (typeof operations)[number], says: string): Promise<boolean> {
  const evaluate = nullKernelsOf(operation)[says]
  const draw = drawer(operation, 1)
  for (let i = 0; i < 60; i++) {
    const the = draw()
    if (differs(operation, the, await evaluate(the.inputs, the.parameters))) return true
  }
  return false
}

test.each(nullKernels.map(({ says }) => says))('%s is never right for long', async (says) => {
  const fitting = operations.filter((operation) => says in nullKernelsOf(operation))
  expect(fitting.length).toBeGreaterThan(0)
  for (const operation of fitting)
    expect(`${operation.id} ${await isTold(operation, says)}`).toBe(`${operation.id} true`)
})

test('a null kernel rejects what is to be rejected', async () => {
  const the = drawer(conv2d, 0)()
  for (const evaluate of Object.values(nullKernelsOf(conv2d))) {
    await expect(evaluate(the.inputs, { ...the.parameters, strides: [0, 1] })).rejects.toThrow(
      /strides/,
    )
  }
})
