import { formats, type Precision } from '../../reference/arithmetic/precision.ts'
import { checkArguments } from '../../spec/language/check.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements, isAbsent, type Tensor } from '../../spec/language/tensor.ts'
import { agreesAll, turn, type Wanted } from './agreement.ts'
import type { ArgumentChange } from './arguments.ts'
import type { Expected, SmokeCase } from './cases.ts'
import { swapped } from './layout.ts'
import type { Misreading } from './misreading.ts'

type Kind = Misreading['kind']

/** Axes over which losses are averaged in practice. */
const averaged = ['N', 'T', 'M', 'B']

/**
 * What a gradient is of where it is not of the loss that the question is about: of one with the opposite sign,
 * of a mean; or it has its parts in each other's place.
 */
export function* gradientMisreadings(
  operation: Operation,
  precision: Precision,
): Generator<Misreading> {
  if (operation.level !== 'gradients') return
  yield* factors(operation, precision)
  yield* exchanged(operation)
  yield* transposedTogether(operation)
  yield* backToFront(operation)
}

/** What arrives, taken for something else. */
export function* arrivingReadings({ inputs, level }: Operation): Generator<ArgumentChange> {
  const arriving = Object.keys(inputs).filter((name) => /^d(.|[A-Z].*)$/.test(name))
  if (level !== 'gradients') return
  const filled =
    (name: string, value: number): ArgumentChange['change'] =>
    ({ inputs: given, parameters }) => ({
      inputs: { ...given, [name]: filledWith(value, given[name]!) },
      parameters,
    })
  for (const name of arriving) {
    yield {
      says: `its gradient is that for ${name} of 1 everywhere, whatever arrives`,
      kind: 'adapter',
      change: filled(name, 1),
    }
    if (arriving.length === 1) continue
    yield {
      says: `its gradient is that for ${name} of 0, as if nothing arrived there`,
      kind: 'adapter',
      change: filled(name, 0),
    }
  }
}

/** What was left out stays so. */
function filledWith(value: number, tensor: Tensor): Tensor {
  return isAbsent(tensor) ? tensor : { ...tensor, data: tensor.data.slice().fill(value) }
}

const explained = (
  says: string,
  kind: Kind,
  wantedIn: (smokeCase: SmokeCase) => Wanted | null,
): Misreading => ({
  says,
  kind,
  explains(smokeCase, answer) {
    const wanted = wantedIn(smokeCase)
    return wanted !== null && agreesAll(wanted, answer)
  },
})

function* factors(operation: Operation, precision: Precision): Generator<Misreading> {
  const { inputs, outputs, dimensions } = operation
  const all = Object.keys(outputs)
  const scaled = (
    says: string,
    names: readonly string[],
    factorIn: (smokeCase: SmokeCase) => number,
    kind: Kind = 'convention',
  ) =>
    explained(`its gradient is ${says}`, kind, (smokeCase) => {
      const factor = factorIn(smokeCase)
      return changedIn(smokeCase.expected, names, (want) => times(want, factor, precision))
    })
  yield scaled('the negative one, which is the direction of descent', all, () => -1)
  yield scaled('twice ours, as of squares without the factor ½', all, () => 2)
  yield scaled('half of ours, as of a loss with a factor ½', all, () => 1 / 2)
  for (const axis of averaged) {
    const isThere = Object.values(inputs).some(({ axes }) => axes.includes(axis))
    if (!isThere) continue
    const what = `${axis}, the number of ${dimensions[axis]!.meaning}`
    const sizeIn = ({ testCase }: SmokeCase) =>
      checkArguments(operation, testCase.inputs, testCase.parameters)[axis]!
    const shared = all.filter((name) => !outputs[name]!.axes.includes(axis))
    for (const [names, whose] of [
      [all, ''],
      [shared, ` in ${shared.join(', ')}`],
    ] as const) {
      if (names.length === 0 || (names === shared && shared.length === all.length)) continue
      const mean = `ours divided by ${what},${whose} as of a mean over them`
      yield scaled(mean, names, (one) => 1 / sizeIn(one))
      yield scaled(`ours times ${what},${whose} as of a sum over them`, names, sizeIn)
    }
  }
}

/** Some outputs changed, the others as they are. */
function changedIn(
  expected: Wanted,
  names: readonly string[],
  change: (want: Expected) => Expected,
): Wanted {
  const entries = Object.entries(expected)
  return Object.fromEntries(
    entries.map(([name, want]) => [name, names.includes(name) ? change(want) : want]),
  )
}

/** A multiple, of which the factor may be rounded and the product. */
function times({ shape, data, bounds }: Expected, factor: number, precision: Precision): Expected {
  const unit = 2 ** -formats[precision].bits
  return {
    shape,
    data: data.map((value) => value * factor),
    bounds: bounds.map(
      (bound, i) => Math.abs(factor) * (bound + 2 * unit * (Math.abs(data[i]!) + bound)),
    ),
  }
}

function* exchanged({ outputs }: Operation): Generator<Misreading> {
  const names = Object.keys(outputs)
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      if (outputs[one]!.axes.length !== outputs[other]!.axes.length) continue
      yield explained(
        `${one} and ${other} come in each other's place`,
        'adapter',
        ({ expected }) => {
          const [first, second] = [expected[one], expected[other]]
          if (first === undefined || second === undefined) return null
          return { ...expected, [one]: second, [other]: first }
        },
      )
    }
  }
}

/** Derivatives by several matrices that come as those libraries have that keep the transposes. */
function* transposedTogether({ outputs }: Operation): Generator<Misreading> {
  const names = Object.keys(outputs).filter((name) => {
    const { axes } = outputs[name]!
    return axes.length > 1 && !axes.some((axis) => averaged.includes(axis))
  })
  if (names.length < 2) return
  yield explained(`${names.join(' and ')} come transposed`, 'adapter', ({ expected }) =>
    changedIn(expected, names, (want) => {
      const rank = want.shape.length
      return turn(want, swapped(rank, rank - 2, rank - 1))
    }),
  )
}

/** Steps in the order in which they are gone through on the way back. */
function* backToFront({ outputs }: Operation): Generator<Misreading> {
  const names = Object.keys(outputs).filter((name) => outputs[name]!.axes[0] === 'T')
  if (names.length === 0) return
  const comes = names.length === 1 ? 'comes' : 'come'
  yield explained(
    `${names.join(' and ')} ${comes} with the last step first`,
    'adapter',
    ({ expected }) => changedIn(expected, names, reversed),
  )
}

function reversed({ shape, data, bounds }: Expected): Expected {
  const size = elements(shape.slice(1))
  const turned = (numbers: readonly number[]) =>
    Array.from({ length: shape[0]! }, (_, t) => numbers.slice(t * size, (t + 1) * size))
      .toReversed()
      .flat()
  return { shape, data: turned(data), bounds: turned(bounds) }
}
