import { operationById } from '../../spec/index.ts'
import { isAbsent } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import { sameTensor } from '../base/tensor.ts'
import { elementOf, visible } from '../base/text.ts'
import type { Capsule } from '../engine/capsule.ts'
import type { Difference } from '../engine/verdict.ts'
import { fromWire } from '../protocol/tensor.ts'
import { apart, Grid, shortly } from './grid.tsx'
import { type Drawn, positionOf } from './planes.ts'
import { type Asked, type Reads, readsOf } from './reads.ts'
import { Scale } from './scale.tsx'

/** Above so many elements, an array without a mark is no picture. */
const mostElements = 64

/**
 * A case that failed, drawn: what was expected and what came on one scale, the answer with what is wrong in it,
 * and in the arguments the elements that the wrong one is computed from.
 */
export function CasePicture({
  capsule,
  difference,
  operation,
}: {
  capsule: Capsule
  difference: Difference | null
  /** The operation that is wrong, where that is known. */
  operation: string | null
}) {
  const asked = askedIn(capsule, operation)
  const reads = difference === null || asked === null ? null : readsIn(capsule, difference, asked)
  const drawn = argumentsIn(capsule, asked).filter(isDrawn)
  return (
    <div class="picture">
      {difference !== null && <Compared capsule={capsule} difference={difference} asked={asked} />}
      {drawn.length > 0 && (
        <div class="grids">
          {drawn.map((array) => (
            <Grid array={array} marks={reads?.[array.name] ?? new Set()} kind="read" />
          ))}
        </div>
      )}
      {reads !== null && difference !== null && (
        <p class="note">
          <mark class="read">Lit</mark>: what{' '}
          {visible(elementOf(difference.label, difference.index))} is computed from.
        </p>
      )}
    </div>
  )
}

/** The arrays that are drawn, by name: rows in words need not repeat them. */
export function drawnIn({ questions = [], inputs }: Capsule): readonly string[] {
  if (questions.length > 1) return []
  return Object.entries(questions[0]?.inputs ?? inputs)
    .filter(([, tensor]) => tensor.absent !== true && isDrawn(fromWire(tensor)))
    .map(([name]) => name)
}

/** What is larger is told in words. */
function isDrawn({ data: { length } }: { readonly data: ArrayLike<number> }): boolean {
  return length > 0 && length <= mostElements
}

/** Both sides of a comparison, at the element that is wrong and around it. */
function Compared({
  capsule,
  difference,
  asked,
}: {
  capsule: Capsule
  difference: Difference
  asked: Asked | null
}) {
  const { label, index, expected, actual, bound, sides } = difference
  const names = { expected: sides?.expected ?? 'expected', actual: sides?.actual ?? 'got' }
  const compared = capsule.comparisons.find((one) => one.label === label)
  return (
    <>
      <Scale expected={expected} actual={actual} bound={bound} names={names} />
      {compared !== undefined && compared.actual.shape.length > 0 && (
        <Sides compared={compared} names={names} index={index} axes={axesOf(asked, label)} />
      )}
    </>
  )
}

function Sides({
  compared,
  names,
  index,
  axes,
}: {
  compared: Capsule['comparisons'][number]
  names: Readonly<{ expected: string; actual: string }>
  index: readonly number[]
  axes: readonly string[] | null
}) {
  const [right, given, bounds] = [compared.expected, compared.actual, compared.bound].map(fromWire)
  const hasRight = compared.sides === undefined
  const wrong = new Set([...right!.data.keys()].filter((at) => isWrong(at)))
  wrong.add(positionOf(right!.shape, index))
  const array = (data: ArrayLike<number>) => ({
    name: compared.label,
    axes,
    shape: right!.shape,
    data,
  })
  const beside = (other: ArrayLike<number>) => (value: number, at: number) =>
    wrong.has(at) ? apart(value, other[at]!) : shortly(value)
  return (
    <div class="grids">
      <Grid
        title={names.expected}
        array={array(right!.data)}
        marks={wrong}
        kind={hasRight ? 'right' : 'wrong'}
        text={beside(given!.data)}
      />
      <Grid
        title={names.actual}
        array={array(given!.data)}
        marks={wrong}
        kind="wrong"
        text={beside(right!.data)}
      />
    </div>
  )

  function isWrong(at: number): boolean {
    const [e, a] = [right!.data[at]!, given!.data[at]!]
    return !Object.is(e, a) && !(Math.abs(e - a) <= bounds!.data[at]!)
  }
}

/** The one question that a wrong answer came to; `null` where several may be meant. */
function askedIn({ questions = [], inputs, parameters }: Capsule, operation: string | null) {
  if (operation === null) return null
  const own = questions.filter((question) => question.operation === operation)
  if (own.length > 1 || (own.length === 0 && questions.length > 0)) return null
  const { inputs: sent, parameters: chosen } = own[0] ?? { inputs, parameters }
  return { operation, inputs: mapValues(sent, fromWire), parameters: chosen }
}

function argumentsIn({ inputs }: Capsule, asked: Asked | null): readonly Drawn[] {
  const arrays = asked?.inputs ?? mapValues(inputs, fromWire)
  return Object.entries(arrays)
    .filter(([, tensor]) => !isAbsent(tensor))
    .map(([name, { shape, data }]) => ({ name, axes: axesOf(asked, name), shape, data }))
}

function axesOf(asked: Asked | null, name: string): readonly string[] | null {
  const operation = asked === null ? undefined : operationById(asked.operation)
  return { ...operation?.inputs, ...operation?.outputs }[name]?.axes ?? null
}

/** Those that the wrong element is computed from, where what was compared is an output as it came. */
function readsIn(capsule: Capsule, { label, index }: Difference, asked: Asked): Reads | null {
  const compared = capsule.comparisons.find((one) => one.label === label)
  if (compared === undefined) return null
  const answer = capsule.questions?.find(({ operation }) => operation === asked.operation)?.answer
  const output = answer
    ? Object.keys(answer).find((name) =>
        sameTensor(fromWire(answer[name]!), fromWire(compared.actual)),
      )
    : label
  return output === undefined
    ? null
    : readsOf(asked, output, positionOf(compared.actual.shape, index))
}
