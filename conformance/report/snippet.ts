import { operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Verdict } from '../engine/verdict.ts'
import { properties } from '../properties/index.ts'
import { capsuleOf } from '../suite/capsules.ts'
import type { Snippet } from './snippet-model.ts'
import { pythonOf } from './snippet-python.ts'
import { typescriptOf } from './snippet-typescript.ts'

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
