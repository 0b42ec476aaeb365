import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helperFolder, pythonEnvironment, pythonWithNumpy } from './find.ts'

const python = pythonWithNumpy()
const needed = python === null ? ' (not run: no Python with NumPy, see requirements.txt)' : ''

function run(code: string) {
  const { stdout, stderr } = spawnSync(python!, ['-c', code], {
    env: pythonEnvironment(),
    encoding: 'utf8',
  })
  return stdout + stderr
}

it('the helper is short enough to be read', () => {
  const lines = readFileSync(join(helperFolder, 'touchstone.py'), 'utf8').split('\n')
  expect(lines.length).toBeLessThanOrEqual(170)
})

describe.skipIf(python === null)(`the helper for Python${needed}`, () => {
  it('keeps every bit', () => {
    const code = `
import numpy, touchstone
bits = numpy.array([0x7fc00000, 0xffc12345, 0x7f800001, 0x80000000, 1, 0xff800000], '<u4')
wire = touchstone.encode(bits.view('<f4').reshape(2, 3), 'float32')
again = touchstone.decode(wire)
print(wire['shape'], (again.view('<u4').ravel() == bits).all(), again.flags.writeable)`
    expect(run(code).trim()).toBe('[2, 3] True True')
  })

  it('chooses the element type as the harness expects it', () => {
    const code = `
import numpy as np, touchstone
for value in (1.5, [1, 2], np.float32(2), np.float64(2), np.ones(1, np.float16), np.arange(2), True, [[0.5]]):
    wire = touchstone.encode(value, 'float32')
    print(wire['dtype'], wire['shape'], end='; ')`
    expect(run(code)).toBe(
      'float32 []; int32 [2]; float32 []; float64 []; float32 [1]; int32 [2]; int32 []; float32 [1, 1]; ',
    )
  })

  it('tells rejections from failures, and reads the numbers that JSON lacks', () => {
    const code = `
import touchstone
@touchstone.operation('a')
def a(x): raise ValueError('no')
@touchstone.operation('b')
def b(x): raise RuntimeError('ouch')
@touchstone.operation('c')
def c(x): return {'y': x}
@touchstone.operation('d', supports={'sizes': {'N': 1}})
def d(x): raise touchstone.Unsupported('stride 1 only')
for name in 'abcd':
    request = {'id': 1, 'method': 'evaluate', 'params': {'operation': name, 'inputs': {}, 'parameters': {'x': ['-0', 'NaN']}}}
    response = touchstone.respond(request, {}, 'float32')
    print(response.get('error', {}).get('code'), response.get('result', {}).get('y', {}).get('data'))`
    expect(run(code).trim().split('\n')).toEqual([
      '-32602 None',
      '-32603 None',
      'None AAAAgAAAwH8=',
      '-32001 None',
    ])
  })
})
