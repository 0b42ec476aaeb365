import { operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Capsule, EncodedTensor } from '../engine/capsule.ts'
import type { Verdict } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import { capsuleOf } from './capsules.ts'
import { pythonOf } from './snippet-python.ts'
import { typescriptOf } from './snippet-typescript.ts'

/** A comparison of a case, as a snippet writes it out. */
export interface Compared {
  /** The output of the operation that is compared, or what a law compares. */
  readonly label: string
  readonly expected: EncodedTensor
  readonly bound: EncodedTensor
  readonly actual: EncodedTensor
}

/** What a snippet says, whatever the language. */
export interface Snippet {
  readonly property: string
  readonly title: string
  readonly implementation: string
  /** The name of the function that is called. */
  readonly operation: string
  readonly name: string
  readonly inputs: Capsule['inputs']
  readonly parameters: Capsule['parameters']
  /**
   * Outputs of a single call with the inputs, which the snippet checks; or, for a law between the
   * answers to several calls, its two sides, which it compares as they were.
   */
  readonly single: boolean
  readonly comparisons: readonly Compared[]
  /** What was wrong, in words, where nothing was compared. */
  readonly reason: string
}

/**
 * A verdict as programs that run without this project: the case to the bit, a call of the function
 * of whoever reads it, what came, and what should have come. `null` when no case is to blame.
 */
export function snippetsOf(
  verdict: Verdict,
): { readonly typescript: string; readonly python: string } | null {
  const capsule = capsuleOf(verdict)
  if (capsule === null || !('reason' in verdict)) return null
  const property = properties.find(({ id }) => id === capsule.property)
  const [operation] = property?.operations ?? []
  if (property === undefined || operation === undefined) return null
  const snippet: Snippet = {
    property: property.id,
    title: property.title,
    implementation: `${capsule.implementation.name} ${capsule.implementation.version}`,
    operation: operation.id,
    name: operation.id.slice(operation.id.indexOf('.') + 1),
    inputs: capsule.inputs,
    parameters: capsule.parameters,
    ...comparisonsOf(operation, capsule),
    reason: verdict.reason,
  }
  return { typescript: typescriptOf(snippet), python: pythonOf(snippet) }
}

function comparisonsOf(
  { id, inputs }: Operation,
  { comparisons, inputs: given }: Capsule,
): Pick<Snippet, 'single' | 'comparisons'> {
  const outputs = Object.keys(operationById(id)?.outputs ?? {})
  const nameOf = (label: string) => label.replace(/, worked by hand$/, '')
  const single =
    comparisons.length > 0 &&
    comparisons.every(({ label }) => outputs.includes(nameOf(label))) &&
    Object.keys(inputs).every((name) => name in given)
  if (!single) return { single, comparisons }
  return {
    single,
    comparisons: comparisons.map((compared) => ({ ...compared, label: nameOf(compared.label) })),
  }
}
