import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { root } from '../base/root.ts'
import { inSources } from './stack.ts'

it('names the lines of the sources', () => {
  const bundle = pathToFileURL(join(root, 'dist/index.js')).href
  const code = `
    import { tensor } from '${bundle}'
    try { tensor([2], [1]) } catch (error) { console.log(error.stack) }`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code])
  expect(String(stdout)).not.toContain('.ts:')
  expect(inSources(String(stdout))).toMatch(
    /at tensor \(conformance\/adapters\/define\.ts:\d+:\d+\)/,
  )
})

it('leaves what has no map as it is', () => {
  const stack = 'Error: no\n    at f (file:///nowhere/x.js:1:2)\n    at node:internal/y:3:4'
  expect(inSources(stack)).toBe(stack)
})
