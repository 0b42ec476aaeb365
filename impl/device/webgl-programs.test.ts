import { describe, expect, it } from 'vitest'
import { boundPrograms, type Compiling, mostPrograms } from './webgl-programs.browser.ts'

describe('programs of WebGL', () => {
  const alive = new Set<unknown>()
  const backend: Compiling = {
    getAndSaveBinary: (_, compile) => compile(),
    dispose: () => expect(alive.size).toBe(0),
    gpgpu: { deleteProgram: (program) => void alive.delete(program) },
  }
  boundPrograms(backend)
  const ask = (key: string) =>
    backend.getAndSaveBinary(key, () => {
      expect(alive).not.toContain(key)
      alive.add(key)
      return { webGLProgram: key }
    })

  it('are as many as were used last, each compiled once', () => {
    for (let shape = 0; shape < 2 * mostPrograms; shape++) {
      expect(ask('often').webGLProgram).toBe('often')
      expect(ask(`shape ${shape}`).webGLProgram).toBe(`shape ${shape}`)
      expect(alive.size).toBeLessThanOrEqual(mostPrograms)
    }
    expect(alive).toContain('often')
    expect(alive).not.toContain('shape 0')
    ask('shape 0')
  })

  it('end with their backend', () => {
    expect(alive.size).toBe(mostPrograms)
    backend.dispose()
  })
})
