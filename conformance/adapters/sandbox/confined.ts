import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UnrunnableError, UsageError } from '../../base/errors.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import type { LaunchOptions } from '../process/launch.ts'
import { openProcess } from '../process/open.ts'
import type { Specifier } from '../specifier.ts'
import { inBubblewrap, whyNoBubblewrap } from './bubblewrap.ts'
import { underPermissions } from './permission.ts'
import { isWithin, readableForCommand, readableForModule } from './readable.ts'

/**
 * Opens an implementation in a process that can read the system, its own folder and its packages, write to a folder
 * for temporary files that is gone afterwards, and connect to nothing: by bubblewrap, or a module by Node itself.
 *
 * @throws {UsageError} it is none that can be confined
 * @throws {UnrunnableError} nothing here confines it, or it does not start so
 */
export async function openConfined(
  understood: Specifier,
  specifier: string,
  options: LaunchOptions,
): Promise<Implementation> {
  const complaint = (reason: string) => `${specifier} cannot be run in a sandbox: ${reason}`
  if (understood.kind === 'library') {
    throw new UsageError(`${specifier} is no implementation of yours, and not confined`, [
      '--sandbox is for modules, packages and commands',
    ])
  }
  const reason = whyNoBubblewrap()
  if (understood.kind === 'command') {
    if (reason !== null) throw new UnrunnableError(complaint(reason), advice)
    const { words } = understood
    const confined = inBubblewrap(words, readableForCommand(words))
    return named(await openProcess(confined, complaint, options), 'bubblewrap')
  }
  const path = realpathSync(understood.kind === 'module' ? understood.path : entryOf(understood))
  const readable = readableForModule(path)
  if (reason === null) {
    const program = join(realpathSync(root), 'conformance/cli/touchstone.js')
    const words = inBubblewrap([process.execPath, program, 'serve', path], readable)
    return named(await openProcess(words, complaint, options), 'bubblewrap')
  }
  return underNode(path, readable, complaint, options)
}

const advice = [
  'install it (on Debian: apt install bubblewrap), or run without --sandbox what you trust;',
  'a module in TypeScript or JavaScript needs no bubblewrap: Node confines it',
]

async function underNode(
  path: string,
  readable: readonly string[],
  complaint: (reason: string) => string,
  options: LaunchOptions,
): Promise<Implementation> {
  const own = mkdtempSync(join(realpathSync(tmpdir()), 'touchstone-sandbox-'))
  const remove = () => rmSync(own, { recursive: true, force: true })
  process.once('exit', remove)
  const { bundleModule } = await import('../bundle.ts')
  const isReadable = (file: string) =>
    readable.some((folder) => isWithin(realpathSync(file), folder))
  const bundle = join(own, 'implementation.mjs')
  try {
    await bundleModule(path, bundle, isReadable)
  } catch (error) {
    throw new UsageError(`${path} does not load`, (error as Error).message.split('\n'))
  }
  const words = underPermissions(bundle, readable, own)
  return named(await openProcess(words, complaint, options), "Node's permission model")
}

function named(implementation: Implementation, by: string): Implementation {
  return { ...implementation, device: `${implementation.device}, confined by ${by}` }
}

/** The file that a package of the folder of the user is imported from. */
function entryOf({ name }: { readonly name: string }): string {
  return createRequire(join(process.cwd(), 'from-here.js')).resolve(name)
}
