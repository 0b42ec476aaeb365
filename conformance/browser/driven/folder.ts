import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'touchstone-browser-'

/** A folder for the profile of a browser, named by the process that has to remove it. */
export function profileFolder(): string {
  sweep()
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
}

/** Removes a folder that a browser may still be writing to as it ends. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  } catch {
    // The next browser that is started removes it.
  }
}

/** Removes what processes have left that were killed before they could. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-/.exec(name.slice(prefix.length)) ?? []) : []
    if (pid !== undefined && !isRunning(Number(pid))) removeFolder(join(tmpdir(), name))
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
