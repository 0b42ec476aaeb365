import { existsSync } from 'node:fs'
import { readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { resolvePackage } from '../../../impl/device/packages.ts'

/**
 * Makes the packages that bind TensorFlow use our copy of TensorFlow.js, since tensors cannot pass
 * between two copies: those that came with them give way to a link to ours, which leads there
 * wherever a package manager has put it.
 *
 * `folder`: the folder whose `node_modules` hold those packages.
 */
export async function shareTfjs(folder: string): Promise<void> {
  const packages = join(folder, 'node_modules/@tensorflow')
  const ours = resolvePackage('@tensorflow/tfjs/package.json')
  if (!existsSync(packages) || ours === undefined) return
  for (const name of await readdir(packages)) {
    if (!name.startsWith('tfjs-node')) await rm(join(packages, name), { recursive: true })
  }
  // Windows links folders by whole paths only; elsewhere the project may be moved.
  const target = dirname(ours)
  const from = process.platform === 'win32' ? target : relative(packages, target)
  await symlink(from, join(packages, 'tfjs'), 'junction')
}
