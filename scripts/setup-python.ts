import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { $, argv, echo } from 'zx'
import { librariesFolder } from '../conformance/adapters/libraries/python.ts'
import { pythonIn } from '../conformance/adapters/python/find.ts'
import { root } from '../conformance/base/root.ts'

const usage = `Installs NumPy, PyTorch and JAX, pinned, into .venv-libraries, where touchstone looks for them:

  npm run setup:python

PyTorch is large: about 6 GB with the libraries of NVIDIA that its wheels for Linux ask for. What is
already there stays, so it may be interrupted and called again.`

async function main(): Promise<number> {
  if (argv.help) {
    echo(usage)
    return 0
  }
  const python = pythonIn(librariesFolder)
  const requirements = join(root, 'conformance/adapters/libraries/requirements.txt')
  try {
    if (!existsSync(python)) await $({ stdio: 'inherit' })`python3 -m venv ${librariesFolder}`
    await $({ stdio: 'inherit' })`${python} -m pip install --requirement ${requirements}`
    await $({ stdio: 'inherit' })`${python} -c ${'import numpy, torch, jax'}`
  } catch {
    echo(
      '\nThis needs python3 from 3.11 on with its venv module, and an index of packages for pip.',
    )
    return 1
  }
  echo('\nnpx touchstone run -i numpy -i pytorch -i jax')
  return 0
}

process.exitCode = await main()
