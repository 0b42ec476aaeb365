import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { coreOf, findPackage, folderOf, ourCore, resolvePackage, versionOf } from './packages.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-packages-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('all backends share one copy of tfjs-core', () => {
  for (const backend of ['cpu', 'wasm', 'webgpu']) {
    expect(coreOf(`@tensorflow/tfjs-backend-${backend}`)).toBe(ourCore())
  }
  expect(coreOf('@tensorflow/tfjs', ['@tensorflow/tfjs-layers'])).toBe(ourCore())
})

test('the WebAssembly files are found through their package', () => {
  const files = folderOf('@tensorflow/tfjs-backend-wasm')
  expect(existsSync(`${files}tfjs-backend-wasm-simd.wasm`)).toBe(true)
})

test('a package that is not installed has no file', () => {
  expect(resolvePackage('@tensorflow/no-such-package')).toBeUndefined()
  expect(versionOf('@tensorflow/tfjs-core')).toMatch(/^4\./)
})

test('finds a package in the first of several folders that has it', () => {
  const [empty, has] = [join(folder, 'empty'), join(folder, 'has')]
  mkdirSync(empty, { recursive: true })
  const installed = join(has, 'node_modules', 'found-here')
  mkdirSync(installed, { recursive: true })
  writeFileSync(join(installed, 'package.json'), '{ "version": "1.2.3", "main": "main.js" }')
  writeFileSync(join(installed, 'main.js'), '')
  const file = realpathSync(join(installed, 'main.js'))
  expect(findPackage('found-here', [empty, has])).toEqual({ file, version: '1.2.3' })
  expect(findPackage('found-here', [empty])).toBeUndefined()
})
