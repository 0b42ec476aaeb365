import type { Operation } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import type { Inputs } from '../engine/implementation.ts'
import { type Conventions, conventions as known } from '../protocol/conventions.ts'
import { type ArgumentChange, equalWith } from './arguments.ts'
import { orders, swapped, turned } from './layout.ts'

/** The gates of a layer and those that have peepholes, in the order of the specification. */
const layers = {
  'lstm.forward': { gates: 'ifgo', peepholes: 'ifo', convention: 'lstmGates' },
  'gru.forward': { gates: 'zrn', peepholes: '', convention: 'gruGates' },
} as const

/** A change of the arrays alone. */
const reading = (
  says: string,
  kind: ArgumentChange['kind'],
  change: (inputs: Inputs) => Inputs | null,
): ArgumentChange => ({
  says: equalWith(says),
  kind,
  change: ({ inputs, parameters }) => {
    const changed = change(inputs)
    return changed && { inputs: changed, parameters }
  },
})

/**
 * What libraries have in another way than the specification in recurrent layers: the order of gates, which of z
 * and 1 − z an update gate is, where the reset gate stands, weights that are transposed, or beside each other in
 * another order.
 */
export function* recurrentReadings(
  operation: Operation,
  conventions: Conventions = {},
): Generator<ArgumentChange> {
  yield* otherGates(operation, conventions)
  if (operation.id === 'gru.forward') yield* ofUpdates(conventions)
  if (operation.id === 'lstm.forward') yield forgetsMore(conventions)
  if (!('U' in operation.inputs && 'W' in operation.inputs)) return
  yield* besideEachOther(conventions)
  yield* transposed(operation)
}

/** `, which lstmGates: 'iofg' declares`, where that can be declared. */
function declaredBy(name: keyof typeof known, choice: string): string {
  const choices: readonly string[] = known[name]
  return choices.includes(choice) ? `, which ${name}: '${choice}' declares` : ''
}

function* otherGates({ id }: Operation, conventions: Conventions): Generator<ArgumentChange> {
  const layer = layers[id as keyof typeof layers]
  if (layer === undefined) return
  const { gates, peepholes, convention } = layer
  // In which order they come, and are thought to come.
  const given = [...(conventions[convention] ?? gates)]
  for (const order of orders(given.length)) {
    const taken = order.map((place) => given[place]!)
    const peeping = (all: readonly string[]) => all.filter((gate) => peepholes.includes(gate))
    const from = comesFrom([...gates], given, taken)
    const peepsFrom = comesFrom([...peepholes], peeping(given), peeping(taken))
    yield reading(
      `the gates in the order ${taken.join(' ')}${declaredBy(convention, taken.join(''))}`,
      'convention',
      (inputs) =>
        mapValues(inputs, (array, name) => {
          if (name === 'P') return parted(array, peepsFrom)
          return ['U', 'W', 'b'].includes(name) ? parted(array, from) : array
        }),
    )
  }
}

/** For each of our gates, which of our gates stands where it is looked for. */
const comesFrom = (
  gates: readonly string[],
  given: readonly string[],
  taken: readonly string[],
): readonly number[] => gates.map((gate) => gates.indexOf(given[taken.indexOf(gate)]!))

/** An array with the parts along its first axis in another order. */
function parted(array: Tensor, from: readonly number[]): Tensor {
  const size = array.data.length / from.length
  const data = array.data.slice()
  for (const [to, place] of from.entries()) {
    data.set(array.data.subarray(place * size, (place + 1) * size), to * size)
  }
  return { ...array, data }
}

/** An array with what belongs to one of its gates changed. */
function ofGate(array: Tensor, gate: number, change: (value: number) => number): Tensor {
  const size = array.data.length / array.shape[0]!
  const data = array.data.map((value, at) =>
    Math.floor(at / size) === gate ? change(value) : value,
  ) as Tensor['data']
  const { absent: _, ...rest } = array
  return { ...rest, data }
}

function* ofUpdates({ updateGate = 'keeps' }: Conventions): Generator<ArgumentChange> {
  const other = updateGate === 'keeps' ? 'takes' : 'keeps'
  // 1 − σ(a) is σ(−a).
  yield reading(
    `1 − z in place of z${declaredBy('updateGate', other)}`,
    'convention',
    ({ U, W, b, ...others }) => ({
      ...others,
      ...mapValues({ U: U!, W: W!, b: b! }, (array) => ofGate(array, 0, (value) => -value)),
    }),
  )
  yield {
    says: equalWith('the reset gate on the other side of the product, whichever is asked for'),
    kind: 'convention',
    change: ({ inputs, parameters }) => ({
      inputs,
      parameters: { ...parameters, reset: parameters.reset === 'after' ? 'before' : 'after' },
    }),
  }
  for (const reset of ['before', 'after']) {
    yield {
      says: equalWith(
        `the reset gate ${reset} the product, which parameters: { reset: '${reset}' } in supports declares`,
      ),
      kind: 'convention',
      change: ({ inputs, parameters }) => ({ inputs, parameters: { ...parameters, reset } }),
    }
  }
}

function forgetsMore({ forgetBias = 'as given' }: Conventions): ArgumentChange {
  const [less, other] =
    forgetBias === 'as given' ? ([1, '1 more'] as const) : ([-1, 'as given'] as const)
  return reading(
    `${less === 1 ? '1 more' : '1 less'} as bias of the forget gate${declaredBy('forgetBias', other)}`,
    'convention',
    ({ b, ...others }) => ({ ...others, b: ofGate(b!, 1, (value) => value + less) }),
  )
}

/** Weights side by side, of which those of the input are taken for the first, or the last ones. */
function* besideEachOther({ recurrentWeights = 'apart' }: Conventions): Generator<ArgumentChange> {
  for (const [order, isInputFirst] of [
    ['[h, x]', true],
    ['[x, h]', false],
  ] as const) {
    if (recurrentWeights === order) continue
    const hint = recurrentWeights === 'apart' ? '' : declaredBy('recurrentWeights', order)
    yield reading(
      `the weights of ${isInputFirst ? 'the state before those of the input' : 'the input before those of the state'}, ${order}${hint}`,
      'convention',
      ({ U, W, ...others }) => {
        const [first, second] = isInputFirst ? [U!, W!] : [W!, U!]
        const [I, H] = [U!.shape.at(-1)!, W!.shape.at(-1)!]
        if (elements(U!.shape) * H !== elements(W!.shape) * I) return null
        const at = (row: number, column: number) => {
          const width = first.shape.at(-1)!
          return column < width
            ? first.data[row * width + column]!
            : second.data[row * (I + H - width) + column - width]!
        }
        const columns = (array: Tensor, from: number): Tensor => {
          const width = array.shape.at(-1)!
          const data = array.data.map((_, place) =>
            at(Math.floor(place / width), from + (place % width)),
          ) as Tensor['data']
          return { ...array, data }
        }
        return isInputFirst
          ? { ...others, W: columns(W!, 0), U: columns(U!, H) }
          : { ...others, U: columns(U!, 0), W: columns(W!, I) }
      },
    )
  }
}

/** Weights that stand on the right of rows, as in Keras, where those of the state are square. */
function* transposed({ inputs }: Operation): Generator<ArgumentChange> {
  const rank = inputs.W!.axes.length
  if (inputs.W!.axes.at(-1) !== inputs.W!.axes.at(-2)) return
  const last = swapped(rank, rank - 2, rank - 1)
  const isSquare = ({ shape }: Tensor) => shape.at(-1) === shape.at(-2)
  const both = ({ U, W, ...others }: Inputs): Inputs => ({
    ...others,
    U: { ...U!, data: asRows(U!) },
    W: turned(W!, last),
  })
  yield reading('W transposed', 'adapter', ({ W, ...others }) =>
    isSquare(W!) ? { ...others, W: turned(W!, last) } : null,
  )
  yield reading('U and W transposed', 'adapter', (given) =>
    isSquare(given.W!) ? both(given) : null,
  )
}

/** The numbers of matrices as they are found where each is taken to be laid out by columns. */
function asRows({ shape, data }: Tensor): Tensor['data'] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  return data.map((_, at) => {
    const within = at % (rows * columns)
    const [row, column] = [Math.floor(within / columns), within % columns]
    return data[at - within + column * rows + row]!
  }) as Tensor['data']
}
