import { operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Finding, Verdict } from '../engine/verdict.ts'
import { propertyById } from '../properties/loaded.ts'
import type { Snippet } from './snippet-model.ts'
import { pythonOf } from './snippet-python.ts'
import { typescriptOf } from './snippet-typescript.ts'

/** What a snippet is made of: a verdict, or another finding beside it. */
export type Shown = Verdict | Pick<Finding, 'capsule' | 'reason'>

/**
 * A failing case as programs that run without this project: the case to the bit, calls of the function
 * of whoever reads it, what came, and what should have come. `null` when no case is to blame.
 */
export function snippetsOf(
  shown: Shown,
): { readonly typescript: string; readonly python: string } | null {
  if (!('capsule' in shown) || shown.capsule === null) return null
  const { capsule, reason } = shown
  const property = propertyById(capsule.property)
  const [operation] = property?.operations ?? []
  if (property === undefined || operation === undefined) return null
  const { questions = [], invalid = null } = capsule
  const [only, ...others] = questions
  const sent = only !== undefined && others.length === 0 ? only : null
  const asked = sent === null ? operation.id : sent.operation
  const compared = comparisonsOf(operation, capsule)
  const related = others.length > 0 || (compared.comparisons.length > 0 && !compared.single)
  const snippet: Snippet = {
    property: property.id,
    title: property.title,
    implementation: `${capsule.implementation.name} ${capsule.implementation.version}`,
    declared: capsule.environment.declared ?? '',
    operation: asked,
    name: nameOf(asked),
    inputs: (sent ?? capsule).inputs,
    parameters: (sent ?? capsule).parameters,
    ...compared,
    calls: related ? questions.map((one) => ({ ...one, name: nameOf(one.operation) })) : [],
    reason,
    invalid,
    answer: sent?.answer ?? null,
  }
  return { typescript: typescriptOf(snippet), python: pythonOf(snippet) }
}

/** `conv2d` for `cnn.conv2d`. */
function nameOf(operation: string): string {
  return operation.slice(operation.indexOf('.') + 1).replaceAll('.', '_')
}

function comparisonsOf(
  { id, inputs }: Operation,
  { comparisons, inputs: given, questions }: Capsule,
): Pick<Snippet, 'single' | 'comparisons'> {
  const outputs = Object.keys(operationById(id)?.outputs ?? {})
  const outputOf = (label: string) => label.replace(/, (worked by hand|asked first)$/, '')
  const compared = comparisons.filter(({ label }) => !label.endsWith(', asked again'))
  const single =
    compared.length > 0 &&
    questions === undefined &&
    compared.every(({ label }) => outputs.includes(outputOf(label))) &&
    Object.keys(inputs).every((name) => name in given)
  if (!single) return { single, comparisons: compared }
  return {
    single,
    comparisons: compared.map((one) => ({ ...one, label: outputOf(one.label) })),
  }
}
