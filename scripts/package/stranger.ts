import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Manager = 'npm' | 'pnpm'

/** What a command ended with. */
export interface Ended {
  readonly status: number | null
  readonly said: string
}

/** The time that a command of someone who installs the package may take. */
const limit = 240_000

/** Runs a command of a package manager, or one that it has installed. */
export function called(words: readonly string[], cwd: string): Ended {
  const [program, ...rest] = words as [string, ...string[]]
  const { status, stdout, stderr, error } = spawnSync(program, rest, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: '' },
    encoding: 'utf8',
    timeout: limit,
    // The managers are scripts there, which only a shell starts.
    shell: process.platform === 'win32',
  })
  return { status, said: `${stdout}\n${stderr}${error ? `\n${error.message}` : ''}` }
}

/** Someone in an empty folder who has installed the archive of the package with a manager. */
export interface Stranger {
  readonly folder: string
  readonly installed: Ended
  write(file: string, text: string): void
  /** Runs `npx touchstone …`, or whatever it is called there. */
  touchstone(...words: readonly string[]): Ended
  run(...words: readonly string[]): Ended
  leave(): void
}

const words = {
  npm: {
    // Scripts of packages are not run: one of them downloads a library for GPUs.
    install: ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'],
    run: ['exec', '--offline', '--'],
  },
  pnpm: { install: ['add', '--prefer-offline', '--ignore-scripts'], run: ['exec'] },
} as const

/** Installs an archive, and packages beside it, into an empty folder. */
export function strangerWith(
  manager: Manager,
  archive: string,
  beside: readonly string[],
): Stranger {
  const folder = mkdtempSync(join(tmpdir(), `touchstone-${manager}-`))
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('package.json', JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
  const { install, run } = words[manager]
  const installed = called([manager, ...install, archive, ...beside], folder)
  const inside = (...command: readonly string[]) => called([manager, ...run, ...command], folder)
  return {
    folder,
    installed,
    write,
    run: inside,
    touchstone: (...command) => inside('touchstone', ...command),
    leave: () => rmSync(folder, { recursive: true, force: true }),
  }
}
