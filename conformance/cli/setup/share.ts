import { existsSync } from 'node:fs'
import { readdir, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { resolvePackage } from '../../../impl/device/packages.ts'

const scope = '@tensorflow'
const shared = `${scope}/tfjs`

/**
 * Makes the packages that bind TensorFlow use our copy of TensorFlow.js, since tensors cannot pass
 * between two copies: copies of their own are removed, and where ours is not found from there, as
 * with pnpm, a link leads to it.
 *
 * `folder`: the folder whose `node_modules` hold those packages.
 */
export async function shareTfjs(folder: string): Promise<void> {
  const packages = join(folder, 'node_modules', scope)
  if (!existsSync(packages)) return
  for (const name of await readdir(packages)) {
    if (!name.startsWith('tfjs-node')) await rm(join(packages, name), { recursive: true })
  }
  const manifest = `${shared}/package.json`
  const ours = resolvePackage(manifest)
  if (ours === undefined || resolvePackage(manifest, folder) === ours) return
  await symlink(dirname(ours), join(folder, 'node_modules', shared), 'junction')
}
