import { mismatch } from '../../spec/language/mismatch.ts'
import type { Parameters, Sizes, Space } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import { realsBeyond } from './beyond.ts'
import type { Values } from './case.ts'
import { distributionNames, kindOf, kindsOfDistribution } from './distributions.ts'
import { alternativeAt } from './parameter.ts'
import { tileSizes } from './style.ts'

/** A case as factors see it: without its arrays. */
export interface Shape {
  readonly sizes: Sizes
  readonly parameters: Parameters
  readonly distribution?: string
}

/** Numbers of a recipe, by name. */
export type Numbers = Readonly<Record<string, number>>

/** One value of a factor: how it is told, and which numbers of a recipe give it. */
export interface Level {
  readonly name: string
  /** `pick(n)` is any whole number in `0..n-1`; `null` where cases of such values never have it. */
  readonly numbers: (pick: (count: number) => number, values: Values) => Numbers | null
  /** A style that it needs: of these, a case has few. */
  readonly style?: 'tile' | 'end'
}

/** What about a case matters, such as the parity of a size: a case has one of its levels, or none. */
export interface Factor {
  readonly name: string
  readonly levels: readonly Level[]
  /** Which level a case has; -1 for none. */
  readonly of: (the: Shape) => number
}

/**
 * The factors of an operation: every size (least, odd, even, that of a tile) and every part of a
 * parameter (each word; the first values of a number, its others, those beyond; a given real number,
 * one in between or one beyond).
 */
function factorsOf(space: Space): readonly Factor[] {
  const factors = [
    ...Object.keys(space.dimensions).flatMap((symbol) => sizeFactor(space, symbol)),
    ...Object.entries(space.parameters).flatMap(([name, parameter]) =>
      parameterFactors(parameter, name, ({ parameters }) => parameters[name]),
    ),
    ...(Object.keys(space.inputs).length > 0 ? [distributionFactor] : []),
  ]
  return factors.filter(({ levels }) => levels.length > 1)
}

function plain(name: string, numbers: Level['numbers']): Level {
  return { name, numbers }
}

function styled(name: string, style: 'tile' | 'end'): Level {
  return { name, numbers: () => ({}), style }
}

const smallestTile = tileSizes[0]

function sizeFactor(space: Space, symbol: string): readonly Factor[] {
  const dimension = space.dimensions[symbol]!
  if (dimension.kind === 'derived') return []
  const range = dimension.kind === 'free' ? dimension.upTo - dimension.min : dimension.slack
  if (range === 0) return []
  const from = dimension.kind === 'free' ? dimension.min : 0
  const place = `size ${symbol}`
  /** Any offset above 0 that gives a size, or a number of rows to spare, of a parity. */
  const parity = (odd: number): Level['numbers'] => {
    const offsets = Array.from({ length: range }, (_, i) => i + 1)
    const some = offsets.filter((offset) => (from + offset) % 2 === odd)
    return (pick) => ({ apart: 0, [place]: some[pick(some.length)] ?? range })
  }
  const levels = [
    plain('least', () => ({ apart: 0, [place]: 0 })),
    ...(range > 1 || (from + 1) % 2 === 0 ? [plain('even', parity(0))] : []),
    ...(range > 1 || (from + 1) % 2 === 1 ? [plain('odd', parity(1))] : []),
    styled('tile', 'tile'),
  ]
  const at = (name: string) => levels.findIndex((level) => level.name === name)
  const [least, even, odd, tile] = [at('least'), at('even'), at('odd'), at('tile')]
  return [
    {
      name: symbol,
      levels,
      of: ({ sizes, parameters }) => {
        const size = sizes[symbol]!
        const lower =
          dimension.kind === 'free' ? from : Math.max(1, dimension.lower(sizes, parameters))
        const offset = size - lower
        if (offset === 0) return least
        if (offset > range && size >= smallestTile) return tile
        return (dimension.kind === 'free' ? size : offset) % 2 === 0 ? even : odd
      },
    },
  ]
}

function parameterFactors(
  parameter: Parameter,
  path: string,
  read: (the: Shape) => unknown,
): readonly Factor[] {
  switch (parameter.kind) {
    case 'integer': {
      const { min, upTo, max } = parameter
      if (min === upTo) return []
      const levels = [
        plain(String(min), () => ({ [path]: 0 })),
        plain(String(min + 1), () => ({ [path]: 1 })),
        ...(upTo > min + 1
          ? [plain(`up to ${upTo}`, (pick) => ({ [path]: 2 + pick(upTo - min - 1) }))]
          : []),
        ...(max > upTo ? [styled('beyond', 'end')] : []),
      ]
      const of = (the: Shape) => {
        const value = read(the) as number
        return value > upTo
          ? levels.findIndex(({ style }) => style === 'end')
          : Math.min(value - min, 2)
      }
      return [{ name: path, levels, of }]
    }
    case 'real': {
      const { values, from, to } = parameter
      const isBeyond = (value: number) => (value < from || value > to) && from < to
      const given = values.map((value, i) => plain(String(value), () => ({ [path]: i })))
      const between = plain('between', () => ({ [path]: 2 * values.length - 1 }))
      const far = realsBeyond(parameter).some(isBeyond) ? [styled('beyond', 'end')] : []
      const levels = [...given, between, ...far]
      const of = (the: Shape) => {
        const value = read(the) as number
        const at = values.indexOf(value)
        if (at >= 0) return at
        return far.length > 0 && isBeyond(value) ? values.length + 1 : values.length
      }
      return [{ name: path, levels, of }]
    }
    case 'choice': {
      const levels = parameter.options.map((word, i) => plain(word, () => ({ [path]: i })))
      return [{ name: path, levels, of: (the) => parameter.options.indexOf(read(the) as string) }]
    }
    case 'boolean': {
      const levels = [plain('false', () => ({ [path]: 0 })), plain('true', () => ({ [path]: 1 }))]
      return [{ name: path, levels, of: (the) => Number(read(the)) }]
    }
    case 'sizes':
      return []
    case 'tuple':
      return parameter.items.flatMap((item, i) =>
        parameterFactors(item, `${path}[${i}]`, (the) => (read(the) as unknown[])[i]),
      )
    case 'record':
      return Object.entries(parameter.fields).flatMap(([name, field]) =>
        parameterFactors(field, `${path}.${name}`, (the) => (read(the) as never)[name]),
      )
    case 'list': {
      const { min, max } = parameter
      const lengths = [...new Set([min, min + 1, max])].filter((length) => length <= max)
      const levels = lengths.map((length) =>
        plain(`${length} long`, () => ({ [`${path}.length`]: length - min })),
      )
      const of = (the: Shape) => lengths.indexOf((read(the) as unknown[]).length)
      return [{ name: path, levels, of }]
    }
    case 'alternatives':
      return [alternativesFactor(parameter.options, path, read)]
  }
}

/** Each word among the alternatives is a level, and everything else of one kind is another. */
function alternativesFactor(
  options: readonly Parameter[],
  path: string,
  read: (the: Shape) => unknown,
): Factor {
  const found = options.flatMap((option, i) =>
    option.kind === 'choice'
      ? option.options.map((word, j) => ({
          ...plain(word, () => ({ [path]: i, [alternativeAt(path, i)]: j })),
          holds: (value: unknown) => value === word,
        }))
      : [
          {
            ...plain(`a ${option.kind}`, () => ({ [path]: i })),
            holds: (value: unknown) => !mismatch(option, value, path),
          },
        ],
  )
  return {
    name: path,
    levels: found,
    of: (the) => {
      const value = read(the)
      return found.findIndex(({ holds }) => holds(value))
    },
  }
}

/** What kind of numbers the arrays hold, where each has not its own. */
const distributionFactor: Factor = {
  name: 'numbers',
  levels: kindsOfDistribution.map((kind) =>
    plain(kind, (pick, values) => {
      const names = distributionNames(values)
      const some = [...names.keys()].filter((i) => kindOf(names[i]!) === kind)
      return some.length === 0 ? null : { distribution: some[pick(some.length)]! }
    }),
  ),
  of: ({ distribution }) =>
    distribution === undefined ? -1 : kindsOfDistribution.indexOf(kindOf(distribution)),
}

/** The pairs of levels of different factors, in a row. */
export class Pairs {
  readonly factors: readonly Factor[]
  /** How many pairs there are, whether or not a case can have them. */
  readonly count: number
  readonly #first: readonly (readonly number[])[]

  constructor(space: Space) {
    this.factors = factorsOf(space)
    let count = 0
    this.#first = this.factors.map(({ levels }, i) =>
      this.factors.slice(0, i).map((earlier) => {
        const first = count
        count += levels.length * earlier.levels.length
        return first
      }),
    )
    this.count = count
  }

  /** The number of the pair of level `a` of factor `i` and level `b` of factor `j`. */
  number(i: number, a: number, j: number, b: number): number {
    return i > j
      ? this.#first[i]![j]! + a * this.factors[j]!.levels.length + b
      : this.#first[j]![i]! + b * this.factors[i]!.levels.length + a
  }

  /** The levels of a pair, by the factors that they belong to. */
  levelsOf(pair: number): Map<number, number> {
    for (let i = this.factors.length - 1; i > 0; i--) {
      for (let j = i - 1; j >= 0; j--) {
        const first = this.#first[i]![j]!
        if (pair < first) continue
        const width = this.factors[j]!.levels.length
        const within = pair - first
        return new Map([
          [i, Math.floor(within / width)],
          [j, within % width],
        ])
      }
    }
    throw new RangeError(`there is no pair ${pair}`)
  }

  /** Every pair that a case has. */
  of(the: Shape): readonly number[] {
    const levels = this.factors.map((factor) => factor.of(the))
    const pairs: number[] = []
    for (let i = 1; i < levels.length; i++) {
      for (let j = 0; j < i; j++) {
        if (levels[i]! >= 0 && levels[j]! >= 0) {
          pairs.push(this.number(i, levels[i]!, j, levels[j]!))
        }
      }
    }
    return pairs
  }

  /** Marks every pair that a case has, and says how many of them were not marked before. */
  mark(the: Shape, reached: Uint8Array): number {
    let added = 0
    const levels = this.factors.map((factor) => factor.of(the))
    for (let i = 1; i < levels.length; i++) {
      if (levels[i]! < 0) continue
      for (let j = 0; j < i; j++) {
        if (levels[j]! < 0) continue
        const pair = this.number(i, levels[i]!, j, levels[j]!)
        if (reached[pair] === 0) added++
        reached[pair] = 1
      }
    }
    return added
  }
}
