import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { checkProperty } from '../../engine/check.ts'
import { properties } from '../../properties/index.ts'
import { launch } from '../process/launch.ts'
import { helperFolder, pythonEnvironment, pythonWithNumpy } from './find.ts'

const python = pythonWithNumpy()
const needed = python === null ? ' (not run: no Python with NumPy, see requirements.txt)' : ''

const lacks = (module: string) =>
  python === null || spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status !== 0
const noMlDtypes = lacks('ml_dtypes')
const noTorch = lacks('torch')

function run(code: string, input = '') {
  const { stdout, stderr } = spawnSync(python!, ['-c', code], {
    input,
    env: pythonEnvironment(),
    encoding: 'utf8',
  })
  return stdout + stderr
}

it('the helper is short enough to be read', () => {
  const lines = readFileSync(join(helperFolder, 'touchstone.py'), 'utf8').split('\n')
  expect(lines.length).toBeLessThanOrEqual(230)
})

describe.skipIf(python === null)(`the helper for Python${needed}`, () => {
  it('keeps every bit', () => {
    const code = `
import numpy, touchstone
bits = numpy.array([0x7fc00000, 0xffc12345, 0x7f800001, 0x80000000, 1, 0xff800000], '<u4')
wire = touchstone.encode(bits.view('<f4').reshape(2, 3), 'float32')
again = touchstone.decode(wire)
read = numpy.ascontiguousarray(again).view('<u4').ravel()
print(wire['shape'], (read == bits).all(), again.flags.writeable)`
    expect(run(code).trim()).toBe('[2, 3] True True')
  })

  it('gives parts of larger arrays in another order, but for whole numbers and where it is told', () => {
    const code = `
import numpy, touchstone
for shape, start, told in (((2, 3), 0.5, False), ((3,), 0.5, False), ((2, 3), 1, False), ((2, 3), 0.5, True), ((), 0.5, False), ((2, 0), 0.5, False)):
    size = numpy.prod(shape, dtype=int)
    x = (numpy.arange(size, dtype='<f4') + start).reshape(shape)
    given = touchstone.decode(touchstone.encode(x, 'float32'), told)
    print((given == x).all(), given.flags.c_contiguous or given.flags.f_contiguous, given.strides)`
    expect(run(code).trim().split('\n')).toEqual([
      'True False (8, 16)',
      'True False (8,)',
      'True True (12, 4)',
      'True True (12, 4)',
      'True True ()',
      'True True (0, 0)',
    ])
  })

  it('gives None for an array that is left out', () => {
    const code = `
import touchstone
@touchstone.operation('a')
def a(x, bias): return {'y': 1.5 if bias is None else 2.5}
print(touchstone.evaluate('float32', False, None, 'a', {'x': None, 'bias': None}, {})['y']['data'])`
    expect(run(code).trim()).toBe('AADAPw==')
  })

  it('chooses the element type as the harness expects it', () => {
    const code = `
import numpy as np, touchstone
for value in (1.5, [1, 2], np.float32(2), np.float64(2), np.ones(1, np.float16), np.arange(2), True, [[0.5]]):
    wire = touchstone.encode(value, 'float32')
    print(wire['dtype'], wire['shape'], end='; ')`
    expect(run(code)).toBe(
      'float32 []; int32 [2]; float32 []; float64 []; float16 [1]; int32 [2]; int32 []; float32 [1, 1]; ',
    )
  })

  it('gives and takes half precision as it is', () => {
    const code = `
import numpy as np, touchstone
half = np.array([65504, 2 ** -24, -0.0], np.float16)
wire = touchstone.encode(half, 'float16')
again = touchstone.decode(wire)
print(wire['dtype'], again.dtype, (again.view('<u2') == half.view('<u2')).all())
print(touchstone.encode(0.1, 'float16') == touchstone.encode(np.float16(0.1), 'float32'))`
    expect(run(code).trim().split('\n')).toEqual(['float16 float16 True', 'True'])
  })

  it.skipIf(noMlDtypes)(
    `gives and takes bfloat16 as ml_dtypes has it${noMlDtypes ? ' (not run: it is not installed)' : ''}`,
    () => {
      const code = `
import ml_dtypes, numpy as np, touchstone
wire = {'dtype': 'bfloat16', 'shape': [3], 'data': 'gD8AgMB/'}
x = touchstone.given(touchstone.decode(wire), 'numpy')
print(x.dtype, x.astype(float), touchstone.encode(x, 'float32') == wire)
print(touchstone.encode([1.0, -0.0, float('nan')], 'bfloat16') == wire)`
      expect(run(code).trim().split('\n')).toEqual(['bfloat16 [ 1. -0. nan] True', 'True'])
    },
  )

  it.skipIf(noTorch)(
    `gives and takes tensors of PyTorch${noTorch ? ' (not run: it is not installed)' : ''}`,
    () => {
      const code = `
import torch, touchstone
wire = {'dtype': 'bfloat16', 'shape': [3], 'data': 'gD8AgMB/'}
x = touchstone.given(touchstone.decode(wire), 'torch')
print(x, touchstone.encode(x, 'float32') == wire)
y = touchstone.given(touchstone.decode(touchstone.encode(torch.ones(1, requires_grad=True), 'float32')), 'torch')
print(y, touchstone.encode(torch.tensor(3), 'float32')['dtype'])`
      expect(run(code).trim().split('\n')).toEqual([
        'tensor([1., -0., nan], dtype=torch.bfloat16) True',
        'tensor([1.]) int32',
      ])
    },
  )

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

  it('says of which operations it does not check the arguments, beside each or for all', () => {
    const code = `
import touchstone
@touchstone.operation('a', unchecked='its caller checks')
def a(x): return {'y': x}
@touchstone.operation('b')
def b(x): return {'y': x}
touchstone.serve('mine', unchecked={'b': 'a compiler does'})`
    const asked = { jsonrpc: '2.0', id: 1, method: 'initialize', params: {} }
    const { result } = JSON.parse(run(code, `${JSON.stringify(asked)}\n`))
    expect(result.unchecked).toEqual({ a: 'its caller checks', b: 'a compiler does' })
    expect(result.operations).toEqual(['a', 'b'])
  })

  it('shows a kernel that takes the memory of an array for the array, unless it asks for that', async () => {
    const program = (said: string) => `
import ctypes, numpy, touchstone
@touchstone.operation('cnn.flatten')
def flatten(x):
    if x.ndim != 4: raise ValueError('x has four axes')
    memory = ctypes.cast(x.ctypes.data, ctypes.POINTER(ctypes.c_float))
    numbers = numpy.ctypeslib.as_array(memory, (x.size,)).copy() if x.size else x
    return {'y': numbers.reshape(x.shape[0], -1)}
touchstone.serve('mine'${said})`
    const reals = properties.find(({ id }) => id === 'cnn.flatten/bounded')!
    const outcome = async (said: string) => {
      const found = `import sys; sys.path.append(${JSON.stringify(helperFolder)})\n`
      const mine = await launch([python!, '-c', found + program(said)])
      const options = { runs: 20, seed: 1, deadline: null, kept: [], shrink: true }
      const { verdict } = await checkProperty(reals, mine, referencesById, options)
      await mine.close!()
      return verdict.outcome
    }
    expect(await outcome('')).toBe('violates')
    expect(await outcome(', contiguous=True')).toBe('conforms')
  })

  it('says on which line of the program an exception comes up, whatever lies below it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-python-'))
    writeFileSync(join(folder, 'mine.py'), program)
    const code = `
import sys; sys.path.insert(0, ${JSON.stringify(folder)})
import touchstone, mine
for name in ('deep', 'own', 'other'):
    request = {'id': 1, 'method': 'evaluate', 'params': {'operation': name, 'inputs': {}, 'parameters': {}}}
    print(repr(touchstone.respond(request, {}, 'float32')['error']['data']))`
    expect(run(code).trim().split('\n')).toEqual([
      `"mine.py:7, in deep: return {'y': numpy.linalg.inv(numpy.zeros((2, 3)))}"`,
      `"mine.py:12, in check: raise RuntimeError('no')"`,
      "''",
    ])
    rmSync(folder, { recursive: true })
  })

  it('may raise anything where arguments are to be rejected, and nowhere else', async () => {
    const skeleton = readFileSync(
      join(helperFolder, '../skeletons/python/implementation.py'),
      'utf8',
    )
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-python-'))
    const raising = skeleton.replaceAll('raise ValueError(', 'raise RuntimeError(')
    copyFileSync(join(helperFolder, 'touchstone.py'), join(folder, 'touchstone.py'))
    writeFileSync(join(folder, 'mine.py'), raising)
    const refusing = raising.replace(
      '    extent = ',
      '    if Sh > 1: raise RuntimeError("stride")\n    extent = ',
    )
    writeFileSync(join(folder, 'refuses.py'), refusing)
    const verdictOf = async (file: string, name: string) => {
      const words = [python!, join(folder, file)]
      const implementation = await launch(words)
      const property = properties.find(({ id }) => id.endsWith(name))!
      const options = { runs: 20, seed: 0, deadline: null, kept: [], shrink: false }
      const { verdict } = await checkProperty(property, implementation, referencesById, options)
      await implementation.close?.()
      return verdict
    }
    expect(raising).not.toBe(skeleton)
    expect(await verdictOf('mine.py', 'cnn.conv2d.output-size-valid/rejected')).toMatchObject({
      outcome: 'conforms',
    })
    expect(await verdictOf('refuses.py', 'cnn.conv2d.forward/exact')).toMatchObject({
      outcome: 'errored',
      kind: 'failed',
      reason: expect.stringMatching(/RuntimeError: stride\nrefuses\.py:\d+, in conv2d: /),
    })
    rmSync(folder, { recursive: true })
  })

  it('ends when its GPU is lost, since that answers nothing more, and says at which line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'touchstone-python-'))
    copyFileSync(join(helperFolder, 'touchstone.py'), join(folder, 'touchstone.py'))
    writeFileSync(join(folder, 'mine.py'), lost)
    const implementation = await launch([python!, join(folder, 'mine.py')])
    const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
    const options = { runs: 1, seed: 0, deadline: null, kept: [], shrink: false }
    const { verdict } = await checkProperty(property, implementation, referencesById, options)
    await implementation.close?.()
    const { reason } = verdict as { readonly reason: string }
    expect(reason).toContain('it exited with code 1')
    expect(reason).toContain('AcceleratorError: CUDA error: device-side assert triggered')
    expect(reason).toContain('mine.py:10, in conv2d')
    rmSync(folder, { recursive: true })
  })
})

const lost = `import touchstone


class AcceleratorError(RuntimeError):
    pass


@touchstone.operation('cnn.conv2d')
def conv2d(**given):
    raise AcceleratorError('CUDA error: device-side assert triggered')


touchstone.serve(name='mine')
`

const program = `import numpy
import touchstone


@touchstone.operation('deep')
def deep():
    return {'y': numpy.linalg.inv(numpy.zeros((2, 3)))}


def check():
    # What a library would not say.
    raise RuntimeError('no')


@touchstone.operation('own')
def own():
    check()


@touchstone.operation('other')
def other(x):
    return {}
`
