import { operations } from '../../spec/index.ts'
import { mismatch } from '../../spec/language/mismatch.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { UnrunnableError } from '../base/errors.ts'
import type { Evaluate, Implementation } from '../engine/implementation.ts'
import type { Told } from './beside/told.ts'
import type { LaunchOptions } from './process/launch.ts'

export interface LoadOptions extends LaunchOptions {
  /** Whether a module is read anew that this process has read before. */
  readonly fresh?: boolean
  /** Whether the process that is asked out of range is started at once, for somebody who waits. */
  readonly soon?: boolean
  /** Whether it is confined: see `openConfined`. */
  readonly sandbox?: boolean
}

/** How long an answer may take where none is to be computed, in seconds. */
const patience = 10

/**
 * The same implementation, which is asked for parameters out of range in a process of its own: code that
 * trusts its caller goes on for ever at a stride of 0, and nothing in the same process could end it.
 *
 * The process starts at the first such question, or at once. Where none can be started, this one is asked.
 */
export function asideOutOfRange(
  implementation: Implementation,
  told: Told,
  { soon = false, ...options }: LoadOptions,
): Implementation {
  let opened: Promise<Implementation | null> | undefined
  const aside = () => (opened ??= openAside(told, options))
  // Who waits for what is different now has two processors, as a rule. What fails is told to who asks.
  if (soon) aside().catch(() => {})
  const apart = (id: string, evaluate: Evaluate): Evaluate => {
    const operation = operations.find((one) => one.id === id)
    if (operation === undefined) return evaluate
    return async (inputs, parameters) => {
      if (isInRange(operation, parameters)) return evaluate(inputs, parameters)
      const other = (await aside())?.operations[id] ?? evaluate
      return other(inputs, parameters)
    }
  }
  return {
    ...implementation,
    operations: Object.fromEntries(
      Object.entries(implementation.operations).map(([id, evaluate]) => [id, apart(id, evaluate)]),
    ),
    close: async () => {
      await (await opened)?.close?.()
      await implementation.close?.()
    },
  }
}

async function openAside(
  told: Told,
  { caseTimeout = patience, ...options }: LaunchOptions,
): Promise<Implementation | null> {
  const [{ startBeside }, { opened }, { provided }] = await Promise.all([
    import('./beside/start.ts'),
    import('./process/open.ts'),
    import('./process/launch.ts'),
  ])
  const limits = { ...options, caseTimeout: Math.min(caseTimeout, patience) }
  const launched = provided((limit, listeners) => startBeside(told, limit, listeners), limits)
  try {
    return await opened(launched, (reason) => reason)
  } catch (error) {
    if (error instanceof UnrunnableError) return null
    throw error
  }
}

function isInRange({ parameters }: Operation, given: Parameters): boolean {
  return Object.entries(parameters).every(
    ([name, parameter]) => mismatch(parameter, given[name], name) === undefined,
  )
}
