import { join } from 'node:path'
import { root } from '../../base/root.ts'
import { Child, type Listeners, type Speaker } from '../process/child.ts'
import { defaultLimit } from '../process/launch.ts'
import type { Told } from './told.ts'

const words = [process.execPath, join(root, 'dist/beside.js')]

/** A program that has begun and waits for its first line: it has loaded what is ours, and nothing else. */
interface Spare {
  readonly child: Child
  /** Who hears of it from now on. */
  listeners: Listeners | null
  ended: boolean
}

let spare: Spare | null = null

/** Has the next program beside a run begin now, while nobody waits for it. It ends with this one. */
export function prepareBeside(): void {
  if (spare !== null && !spare.ended) return
  const begun: Omit<Spare, 'child'> = { listeners: null, ended: false }
  const child = new Child(words, defaultLimit, {
    onLines: (lines) => begun.listeners?.onLines(lines),
    onFlood: () => begun.listeners?.onFlood(),
    onEnd: (ending, rest) => {
      begun.ended = true
      begun.listeners?.onEnd(ending, rest)
    },
  })
  child.hold(false)
  spare = Object.assign(begun, { child })
}

/** Starts a program that answers for what it is told, or takes the one that has begun. */
export function startBeside(told: Told, limit: number, listeners: Listeners): Speaker {
  const child = taken(limit, listeners) ?? new Child(words, limit, listeners)
  child.write(JSON.stringify(told))
  return child
}

function taken(limit: number, listeners: Listeners): Child | null {
  if (spare === null || spare.ended || limit !== defaultLimit) return null
  const { child } = spare
  spare.listeners = listeners
  spare = null
  return child
}
