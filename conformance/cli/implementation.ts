import type { DevicePrecision } from '../../impl/device/device.ts'
import type { DeviceName } from '../../impl/device/name.ts'
import { UsageError } from '../base/errors.ts'
import { keepStandardOutput } from '../base/terminal.ts'
import type { Implementation } from '../engine/implementation.ts'

/** An implementation that was opened, and how it is told from the others of a run. */
export interface Chosen {
  readonly implementation: Implementation
  /** The words of the command line that choose it again, such as `--device wasm`. */
  readonly option: string
  /** The module, package, library or command as it was given; `null` for ours on a device. */
  readonly specifier: string | null
}

/** The options that choose implementations. */
export interface Choice {
  readonly implementation: readonly string[]
  readonly device: readonly string[]
  /** How long an answer may take, in seconds. */
  readonly caseTimeout?: number
  readonly precision: DevicePrecision
  /** Whether modules are read anew that this process has read before. */
  readonly fresh?: boolean
  /** Whether somebody waits for a short run, who has a processor to spare. */
  readonly cached?: boolean
  /** Whether modules and commands are confined. */
  readonly sandbox?: boolean
}

/**
 * Opens every implementation that the options ask for: ours on devices, and modules or commands;
 * without any, ours on the best device.
 *
 * @throws {UsageError} one of them cannot be opened
 */
export async function chosen(choice: Choice): Promise<readonly Chosen[]> {
  const { implementation, device, precision, sandbox } = choice
  if (sandbox && implementation.length === 0) {
    throw new UsageError('--sandbox confines an --implementation, and there is none')
  }
  const devices = device.length > 0 || implementation.length > 0 ? device : ['auto']
  const isOwn = devices.every((name) => name.startsWith(inBrowser))
  if (isOwn && precision !== 'float32') {
    throw new UsageError('--precision chooses how our implementation rounds', [
      'another one declares its precision itself; leave out --precision or give a --device',
    ])
  }
  const entrants: Chosen[] = []
  for (const name of new Set(devices)) {
    entrants.push(
      name.startsWith(inBrowser)
        ? await driven(` --device ${name}`, `touchstone:${afterBrowser(name)}`, null, choice)
        : await ours(name as DeviceName | 'auto', precision),
    )
  }
  for (const specifier of new Set(implementation)) entrants.push(await plugged(specifier, choice))
  return entrants
}

/** The one implementation that the options ask for, for commands that take no more. */
export async function chosenOne(choice: Choice): Promise<Chosen> {
  if (choice.implementation.length + choice.device.length > 1) {
    throw new UsageError('this command takes one implementation')
  }
  const [only] = await chosen(choice)
  return only!
}

async function plugged(specifier: string, choice: Choice): Promise<Chosen> {
  const { caseTimeout, fresh, cached, sandbox } = choice
  const option = ` --implementation ${quoted(specifier)}${sandbox ? ' --sandbox' : ''}`
  if (specifier.startsWith(inBrowser)) {
    if (sandbox) throw new UsageError(`${specifier} is confined by its browser, not by --sandbox`)
    return driven(option, afterBrowser(specifier), specifier, choice)
  }
  keepStandardOutput()
  const { loadImplementation } = await import('../adapters/load.ts')
  // So that an error in a module tells its line there, not in what it was made into. What is ours is loaded before:
  // its maps are read where they are needed.
  process.setSourceMapsEnabled(true)
  const limits = {
    ...(caseTimeout !== undefined && { caseTimeout }),
    ...(fresh && { fresh }),
    ...((fresh || cached) && { soon: true }),
    ...(sandbox && { sandbox }),
  }
  const implementation = await loadImplementation(specifier, limits)
  return { implementation, option, specifier }
}

/** What begins the name of something that a browser is to run. */
const inBrowser = 'browser:'

const afterBrowser = (name: string) => name.slice(inBrowser.length)

async function driven(
  option: string,
  subject: string,
  specifier: string | null,
  { caseTimeout }: Pick<Choice, 'caseTimeout'>,
): Promise<Chosen> {
  const { openInBrowser } = await import('../browser/driven/open.ts')
  const limits = caseTimeout === undefined ? {} : { caseTimeout }
  return { implementation: await openInBrowser(subject, limits), option, specifier }
}

async function ours(name: DeviceName | 'auto', precision: DevicePrecision): Promise<Chosen> {
  const { openOurs } = await import('../adapters/ours.ts')
  const option = [
    name === 'auto' ? '' : ` --device ${name}`,
    precision === 'float32' ? '' : ` --precision ${precision}`,
  ].join('')
  return { implementation: await openOurs(name, precision), option, specifier: null }
}

/** An argument that a shell passes on as it is. */
export function quoted(argument: string): string {
  return /^[\w./:@=+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
