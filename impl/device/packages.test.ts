import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { coreOf, folderOf, ourCore, resolvePackage, versionOf } from './packages.ts'

test('all backends share one copy of tfjs-core', () => {
  for (const backend of ['cpu', 'wasm', 'webgpu']) {
    expect(coreOf(`@tensorflow/tfjs-backend-${backend}`)).toBe(ourCore())
  }
  expect(coreOf('@tensorflow/tfjs', ['@tensorflow/tfjs-layers'])).toBe(ourCore())
})

test('the WebAssembly files are found through their package', () => {
  const folder = folderOf('@tensorflow/tfjs-backend-wasm')
  expect(existsSync(`${folder}tfjs-backend-wasm-simd.wasm`)).toBe(true)
})

test('a package that is not installed has no file', () => {
  expect(resolvePackage('@tensorflow/no-such-package')).toBeUndefined()
  expect(versionOf('@tensorflow/tfjs-core')).toMatch(/^4\./)
})
