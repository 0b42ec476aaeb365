import { setFlagsFromString } from 'node:v8'

/**
 * Has the memory of short-lived objects be collected by the thread that made them. Several threads do it no faster,
 * since little survives, and wait for each other wherever other processes want the same cores.
 */
export function collectWithoutHelpers(): void {
  setFlagsFromString('--no-parallel-scavenge')
}
