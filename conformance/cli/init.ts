import { copyFileSync, existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UsageError } from '../base/errors.ts'
import { root } from '../base/root.ts'
import { terminalOn } from '../base/terminal.ts'
import { prepareFile } from './files.ts'

const adapters = join(root, 'conformance/adapters')

interface Skeleton {
  /** Where each file comes from, by where it goes. */
  readonly files: Readonly<Record<string, string>>
  /** What is to be done before it can be run, in the folder given. */
  readonly before: (folder: string) => readonly string[]
  /** What goes after `--implementation`. */
  readonly implementation: (folder: string) => string
}

const skeletons: Readonly<Record<string, Skeleton>> = {
  typescript: {
    files: { 'implementation.ts': 'skeletons/typescript/implementation.ts' },
    before: () => [],
    implementation: (folder) => dotted(join(folder, 'implementation.ts')),
  },
  python: {
    files: {
      'implementation.py': 'skeletons/python/implementation.py',
      'touchstone.py': 'python/touchstone.py',
    },
    before: () => ['pip install numpy'],
    implementation: (folder) => `python3 ${worded(join(folder, 'implementation.py'))}`,
  },
  rust: {
    files: {
      'Cargo.toml': 'skeletons/rust/Cargo.toml',
      'Cargo.lock': 'skeletons/rust/Cargo.lock',
      'src/main.rs': 'skeletons/rust/src/main.rs',
      'src/protocol.rs': 'skeletons/rust/src/protocol.rs',
    },
    before: (folder) => [
      `cargo build --release --manifest-path ${JSON.stringify(join(folder, 'Cargo.toml'))}`,
    ],
    implementation: (folder) => dotted(join(folder, 'target/release/implementation')),
  },
}

/** The clause that every skeleton satisfies. */
export const firstClause = 'cnn.conv2d.forward'

/** `touchstone init`: writes an implementation to begin with, which satisfies one clause. */
export function initCommand(language: string, folder: string): void {
  const { files, before, implementation } = skeletons[language]!
  const taken = Object.keys(files).filter((file) => existsSync(join(folder, file)))
  if (taken.length > 0) {
    throw new UsageError(`${join(folder, taken[0]!)} exists and is not overwritten`, [
      `choose another folder: touchstone init ${language} mine`,
    ])
  }
  const terminal = terminalOn(process.stdout)
  const written = Object.entries(files).map(
    ([file, source]) => [join(folder, file), source] as const,
  )
  for (const [path] of written) prepareFile(path)
  for (const [path, source] of written) {
    copyFileSync(join(adapters, source), path)
    terminal.write(`wrote ${relative('', path)}\n`)
  }
  const steps = [
    ...before(folder),
    `npx touchstone run --clause ${firstClause} --implementation ${shelled(implementation(folder))}`,
  ]
  terminal.write(
    `\nsee it conform to its first clause:\n${steps.map((step) => `  ${step}\n`).join('')}`,
  )
  terminal.write(
    '\nthen add operations: touchstone list --operations shows them, and touchstone show one of them\nwith lines to begin with; a run without --clause tries everything that you provide\n',
  )
}

/** A path that is not taken for the name of a package. */
function dotted(path: string): string {
  const local = relative('', path)
  return local.startsWith('..') ? path : `./${local}`
}

/** A path as one word of a command. */
function worded(path: string): string {
  return /[\s'"\\]/.test(path) ? `"${path.replaceAll(/["\\]/g, '\\$&')}"` : path
}

function shelled(argument: string): string {
  return /^[\w./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
