import { describe, expect, it } from 'vitest'
import { citationsOf } from './index.ts'
import { type Files, written } from './small-project.ts'

describe('what a definition calls is cited', () => {
  const calledIn = async (files: Files) => {
    const { calls } = await citationsOf(written(files))
    return Object.fromEntries(
      Object.entries(calls).map(([at, called]) => [at, called.map(({ name }) => name)]),
    )
  }

  it('from other files and its own, and from what is called in turn', async () => {
    const calls = await calledIn({
      'reference/area/blur.ts': `import * as kernel from './kernel.ts'
import type { Kind } from './kernel.ts'
export const blur = (x: number): Kind => halved(kernel.smooth(x))
function halved(x: number) {
  return x / two
}
const two = 2
`,
      'reference/area/kernel.ts': `export type Kind = number
export const smooth = (x: number) => [x].map(once)[0]
const once = (x: number) => x
const unasked = () => once(1)
export { unasked }
`,
    })
    expect(calls).toEqual({
      'reference/area/blur.ts:3': ['halved', 'smooth'],
      'reference/area/blur.ts:4': [],
      'reference/area/kernel.ts:2': ['once'],
      'reference/area/kernel.ts:3': [],
      'impl/area/blur.ts:1': [],
    })
  })

  it('and not itself, nor what is of packages', async () => {
    const calls = await calledIn({
      'impl/area/blur.ts': `import { relu } from 'somewhere'
export const blur = (x: number): number => (x > 1 ? blur(x - 1) : relu(x))
`,
    })
    expect(calls['impl/area/blur.ts:2']).toEqual([])
  })
})
