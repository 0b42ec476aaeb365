import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clauseById } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { root } from '../../base/root.ts'
import { nvflareFindings, openflFindings } from '../../findings/averages.ts'
import { pytorchFidFindings, torchmetricsFindings } from '../../findings/evaluation.ts'
import type { Finding } from '../../findings/finding.ts'
import { flowerFindings } from '../../findings/flower.ts'
import { jaxFindings } from '../../findings/jax.ts'
import { numpyFindings } from '../../findings/numpy.ts'
import { pytorchFindings } from '../../findings/pytorch.ts'
import { scipyFindings } from '../../findings/scipy.ts'
import { checkClause } from '../../suite/clauses.ts'
import { closeOpened } from '../opened.ts'
import { provisions } from './provisions.ts'
import { type PythonModule, pythonLibrary, pythonWith } from './python.ts'

/** What every library of arrays gets right: a forward formula with windows, and one without. */
const ofArrays = ['cnn.conv2d.forward', 'cnn.pool.channelwise', 'efficient.squeezenet.fire']
const clauses = {
  numpy: ofArrays,
  torch: ofArrays,
  jax: ofArrays,
  flwr: ['federated.robustness.median', 'federated.robustness.trimmed-mean'],
  scipy: ['gan.value-function', 'gan.eval.turing-test'],
  pytorch_fid: [],
  torchmetrics: ['gan.eval.inception-score'],
  nvflare: ['federated.robustness.mean-breakdown'],
  openfl: ['federated.robustness.median'],
} as const

const options = { runs: 10, seed: 0, deadline: null, kept: {} }

async function outcomes(
  module: PythonModule,
  id: string,
  isMeant: (property: string) => boolean = () => true,
) {
  const library = await pythonLibrary(module, {})
  try {
    const { properties } = await checkClause(clauseById(id)!, library, options)
    return properties.filter((it) => isMeant(it.id)).map(({ verdict }) => verdict.outcome)
  } finally {
    await library.close?.()
  }
}

afterAll(closeOpened)

/** How long a test may take, in milliseconds: JAX compiles an operation anew for each shape. */
const compiling = (module: PythonModule) => (module === 'jax' ? 600_000 : 120_000)

for (const module of Object.keys(clauses) as PythonModule[]) {
  const absent = pythonWith(module) === null
  const title = `${module}, bare${absent ? ' (skipped: it is not installed)' : ''}`
  describe.skipIf(absent)(title, () => {
    it('provides what is said of it without starting it', async () => {
      const library = await pythonLibrary(module, {})
      const provided = Object.keys(library.operations).toSorted()
      expect([...provisions[module].operations].toSorted()).toEqual(provided)
      await library.close?.()
    })

    // What it lets through, such as a bias that it spreads, is its own affair here.
    it.each(clauses[module])(
      'agrees with the reference on %s',
      async (id) => {
        // Nor are the divergences of SciPy that have no root, which are among its findings.
        const isOwn = (property: string) => !/-outside$|jensenShannon-answers$/.test(property)
        const found = await outcomes(module, id, isOwn)
        expect(found.filter((o) => o !== 'conforms' && o !== 'unsupported')).toEqual([])
        expect(found).toContain('conforms')
      },
      compiling(module),
    )
  })
}

describe.skipIf(pythonWith('torch') === null)('findings in PyTorch, where it is installed', () => {
  it.each(pytorchFindings)('$call', ({ call, actual }) => {
    const code = `import torch, torch.nn.utils.prune\nprint(${call})`
    const { stdout, stderr } = spawnSync(pythonWith('torch')!, ['-c', code])
    const why = `${call} is right now: remove the finding`
    if (!actual.startsWith('throws')) expect(String(stdout).trim(), why).toBe(actual)
    else expect(String(stderr), why).toContain(actual.replace('throws: ', ''))
  })
})

const helper = 'nvflare.app_common.aggregators.weighted_aggregation_helper'
const functions = 'openfl.interface.aggregation_functions'

for (const [module, found, names] of [
  ['numpy', numpyFindings, 'numpy'],
  ['jax', jaxFindings, 'jax'],
  ['scipy', scipyFindings, 'scipy.linalg, scipy.spatial.distance, scipy.stats'],
  ['pytorch_fid', pytorchFidFindings, 'numpy, pytorch_fid.fid_score'],
  ['torchmetrics', torchmetricsFindings, 'torch, torchmetrics.image.fid'],
  ['nvflare', nvflareFindings, `numpy, torch; from ${helper} import WeightedAggregationHelper`],
  ['openfl', openflFindings, `numpy; from ${functions} import *; from openfl.utilities import *`],
] as const) {
  describe.skipIf(pythonWith(module) === null)(
    `findings in ${module}, where it is installed`,
    () => {
      it.each<Finding>(found)('$call', ({ call, actual }) => {
        const code = `import ${names}\nprint(${call})`
        const env = { ...process.env, JAX_PLATFORMS: 'cpu' }
        const { stdout, stderr, signal } = spawnSync(pythonWith(module)!, ['-c', code], { env })
        const why = `${call} is right now: remove the finding`
        if (actual.startsWith('crashes')) expect(`crashes: it was killed by ${signal}`).toBe(actual)
        else if (!actual.startsWith('throws')) expect(String(stdout).trim(), why).toBe(actual)
        else expect(String(stderr), why).toContain(actual.replace('throws: ', ''))
      })
    },
  )
}

const withoutFlower = pythonWith('flwr') === null

/** What calls of Flower in the findings are written with. */
const names = `
import numpy
from flower_rounds import after, asked, fitted
from flwr.server.strategy.aggregate import aggregate, aggregate_inplace
from flwr.serverapp.strategy import FedAvg, FedTrimmedAvg, Krum
from flwr.supercore.differential_privacy import clip_inputs_inplace`

describe.skipIf(withoutFlower)(
  `findings in Flower${withoutFlower ? ' (skipped: it is not installed)' : ''}`,
  () => {
    it.each(flowerFindings)(
      '$call',
      ({ call, actual }) => {
        const folder = join(root, 'conformance/adapters/libraries')
        const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' }
        const code = `${names}\nprint(${call})`
        const { stdout, stderr } = spawnSync(pythonWith('flwr')!, ['-c', code], { env })
        const why = `${call} is right now: remove the finding`
        if (!actual.startsWith('throws')) expect(String(stdout).trim(), why).toBe(actual)
        else expect(String(stderr), why).toContain(actual.replace('throws: ', ''))
      },
      60_000,
    )
  },
)

describe.skipIf(withoutFlower)(
  `Flower${withoutFlower ? ' (skipped: it is not installed)' : ''}`,
  () => {
    it('is judged by the models alone that Krum takes, since it keeps the scores', async () => {
      const found = await outcomes('flwr', 'federated.robustness.krum', (id) =>
        /as-many|one-more|two-more/.test(id),
      )
      expect(found).toEqual(['conforms', 'conforms', 'unsupported'])
    })

    it('holds rounds of FedAvg, with the clients that are named', async () => {
      const found = await outcomes('flwr', 'federated.fedavg.server', (id) =>
        /exact|by-hand|keeps-its-size/.test(id),
      )
      expect(found).toEqual(['conforms', 'conforms', 'conforms'])
    })

    it('need not reject what its documentation gives a meaning to, and has to a claim below 0', async () => {
      const library = await pythonLibrary('flwr', {})
      const ask = async (...counts: readonly number[]) => {
        const array = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
          dtype: 'float32',
          shape,
          data: Float32Array.from(data),
        })
        const models = { w: array([2, 1, 1], 1, 2), b: array([2, 1], 3, 4) }
        return library.operations['federated.aggregate']!(
          { ...models, counts: array([2], ...counts) },
          {},
        )
      }
      await expect(ask(0.5, 1)).rejects.toThrow('any weights')
      expect((await ask(-1, 2)).w!.data).toEqual(Float32Array.of(3))
      await library.close?.()
    })
  },
)

describe.skipIf(pythonWith('numpy') === null)('NumPy, where it is installed', () => {
  it('says why it does not provide what it does not', async () => {
    const library = await pythonLibrary('numpy', {})
    expect(library.unsupported).toMatchObject({
      'cnn.conv2dInputGradient': 'NumPy differentiates nothing',
      'cnn.receptiveField': 'counting and deciding is no operation of NumPy',
    })
    await library.close?.()
  })

  it('is not asked to reject what a user composes of several of its calls', async () => {
    const found = async (id: string) => new Set(await outcomes('numpy', id))
    expect(await found('inception.aux.loss')).toEqual(new Set(['conforms', 'unsupported']))
    // Here it is one call that multiplies, and that spreads one channel over several.
    expect(await found('cnn.conv2d.depth-match')).toContain('violates')
  })
})
