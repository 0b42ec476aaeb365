import { Worker } from 'node:worker_threads'

/** How often it is looked, in milliseconds. */
const every = 1000

/** A thread of its own, which looks whatever the others are busy with. What ends by itself has until its second look. */
const program = `
  const { workerData: { parent, every } } = require('node:worker_threads')
  let orphaned = false
  setInterval(() => {
    if (orphaned) process.kill(process.pid, 'SIGKILL')
    orphaned = process.ppid !== parent
  }, every)`

/**
 * Has this process end soon after the one that started it, also where that was killed, could say nothing, and this one
 * is busy for ever with what is not ours. Where a process may have no threads, as one that is confined, it stays.
 */
export function endWithParent(): void {
  const { permission } = process as { readonly permission?: unknown }
  if (permission !== undefined) return
  new Worker(program, { eval: true, workerData: { parent: process.ppid, every } }).unref()
}
