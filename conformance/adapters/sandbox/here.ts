import dgram from 'node:dgram'
import dns from 'node:dns'
import inspector from 'node:inspector'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { keptVariables } from './variables.ts'

/** Whether Node's permission model confines this process. */
export function isConfinedHere(): boolean {
  return process.permission !== undefined
}

/**
 * Takes from this process, before a module is imported, what Node's permission model leaves it: the network, of
 * which it knows nothing before Node 25, and the environment. `temporary`: the only folder that it may write to.
 */
export function confineHere(temporary: string): void {
  const kept = keptVariables()
  for (const name in process.env) if (!(name in kept)) delete process.env[name]
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporary
  net.Socket.prototype.connect = function refused(this: net.Socket) {
    return this.destroy(denied())
  }
  net.Server.prototype.listen = refuse
  for (const name of ['bind', 'connect', 'send'] as const) dgram.Socket.prototype[name] = refuse
  inspector.open = refuse
  for (const names of [
    dns,
    dns.promises,
    dns.Resolver.prototype,
    dns.promises.Resolver.prototype,
  ]) {
    refuseAll(names as unknown as Record<string, unknown>)
  }
  syncBuiltinESMExports()
}

function refuseAll(names: Record<string, unknown>): void {
  for (const name of Object.getOwnPropertyNames(names)) {
    if (/^(lookup|resolve|reverse)/.test(name)) names[name] = refuse
  }
}

function refuse(): never {
  throw denied()
}

function denied(): Error {
  const message = 'a module that is confined has no network'
  return Object.assign(new Error(message), { code: 'ERR_ACCESS_DENIED' })
}
