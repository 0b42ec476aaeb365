import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { $, which } from 'zx'
import { librariesFolder } from '../../adapters/libraries/python.ts'
import { pythonIn } from '../../adapters/python/find.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'
import { say } from './command.ts'

/**
 * Installs NumPy, PyTorch, JAX, Flower, SciPy, pytorch-fid and TorchMetrics, pinned, into a virtual environment. PyTorch is large: about 6 GB
 * with the libraries of NVIDIA that its wheels for Linux ask for. What is already there stays, so it
 * may be interrupted and called again.
 *
 * @throws {UnrunnableError} it does not install
 */
export async function setUpPython(): Promise<void> {
  const python = pythonIn(librariesFolder)
  const requirements = join(root, 'conformance/adapters/libraries/requirements.txt')
  const shown = $({ stdio: 'inherit' })
  try {
    if (!existsSync(python)) {
      const base = (await which('python3', { nothrow: true })) ?? 'python'
      await shown`${base} -m venv ${librariesFolder}`
    }
    await shown`${python} -m pip install --requirement ${requirements}`
    await shown`${python} -c ${'import numpy, torch, jax, flwr, scipy, pytorch_fid, torchmetrics'}`
  } catch {
    throw new UnrunnableError('the libraries of Python could not be installed', [
      'this needs python3 from 3.11 on with its venv module, and an index of packages for pip',
    ])
  }
  say('npx touchstone run -i numpy -i pytorch -i jax -i flower -i scipy')
}
