import { formats, type Precision } from './precision.ts'
import type { AccuracyProfile } from './profile.ts'

// An error that is stated in absolute terms leaves no room for the rounding of the doubles themselves.
const nearly = 1 - 2 ** -30

/** What an instruction does with its operands, which are earlier instructions. */
export const codes = {
  known: 0,
  add: 1,
  /** An addition to a sum that stays open: what it may be off is told by how many terms it has. */
  gather: 2,
  negate: 3,
  multiply: 4,
  divide: 5,
  exp: 6,
  log: 7,
  sqrt: 8,
  tanh: 9,
  power: 10,
  abs: 11,
  maximum: 12,
  /** The number as it is when it is used: off by its whole share, in the direction that it is told. */
  round: 13,
} as const

export type Code = (typeof codes)[keyof typeof codes]

/** The way that a comparison went, which it has to go each time. */
interface Guard {
  readonly x: number
  readonly y: number
  readonly less: boolean
  /** Whether bounds promise that it does. */
  readonly promised: boolean
}

/**
 * How a run went: to its end; against a comparison of which bounds promise that it is decided; or on
 * another way through a maximum, on which other numbers would be exact.
 */
export type Run = 'done' | 'decided otherwise' | 'another way'

/**
 * A calculation as a list of instructions, which can be run again with other errors, at a hundredth of
 * what it costs to write it down.
 */
export class AdversaryProgram {
  /** What each instruction gives, as of the last run. */
  value = new Float64Array(1024)
  /** What rounding may add to it. */
  #allowed = new Float64Array(1024)
  /** Σ |term|. */
  #magnitude = new Float64Array(1024)
  /** Of an open sum, γ(n − 1). */
  #share = new Float64Array(1024)
  #code = new Uint8Array(1024)
  #first = new Int32Array(1024)
  /** The second operand; of a rounding, its number. */
  #second = new Int32Array(1024)
  #length = 0
  readonly #guards: Guard[] = []
  readonly #profile: AccuracyProfile
  readonly #ulp: number
  readonly #unit: number
  /** What a product is off, as a share of it. */
  readonly #product: number
  /** How often it rounds. */
  roundings = 0

  constructor(precision: Precision, profile: AccuracyProfile) {
    const { bits, operandBits } = formats[precision]
    this.#profile = profile
    this.#ulp = 2 ** (1 - bits)
    this.#unit = profile.rounding * this.#ulp
    const v = operandBits === bits ? 0 : 2 ** -operandBits
    // Operands that are rounded first are off whether the product is rounded or not.
    this.#product = this.#unit + (2 * v + v * v) * (1 + this.#unit)
  }

  /** Adds an instruction and carries it out, without error; its number. */
  push(code: Code, first = 0, second = 0, terms = 1): number {
    const at = this.#room()
    const n = (terms - 1) * this.#unit
    this.#code[at] = code
    this.#first[at] = first
    this.#second[at] = code === codes.round ? this.roundings++ : second
    this.#share[at] = n < 1 ? n / (1 - n) : 0
    this.#carryOut(at, at + 1, null)
    return at
  }

  /** A number that is known, and what it is off when it is held in the format. */
  known(value: number, allowed: number): number {
    const at = this.#room()
    this.#code[at] = codes.known
    this.value[at] = value
    this.#allowed[at] = Math.abs(allowed) * nearly
    this.#magnitude[at] = Math.abs(value)
    return at
  }

  allowed(at: number): number {
    return this.#allowed[at]!
  }

  /** Whether one number is less than another, now and at every run. */
  less(x: number, y: number, promised: boolean): boolean {
    const less = this.value[x]! < this.value[y]!
    this.#guards.push({ x, y, less, promised })
    return less
  }

  /** Carries out everything again, each rounding off in the direction −1, 0 or 1 that stands at its place. */
  run(signs: Int8Array): Run {
    this.#carryOut(0, this.#length, signs)
    const { value } = this
    const changed = this.#guards.filter(({ x, y, less }) => value[x]! < value[y]! !== less)
    if (changed.some(({ promised }) => promised)) return 'decided otherwise'
    return changed.length > 0 ? 'another way' : 'done'
  }

  /** The place of the next instruction. */
  #room(): number {
    if (this.#length === this.value.length) {
      const size = 2 * this.#length
      const longer = (array: Float64Array) => {
        const more = new Float64Array(size)
        more.set(array)
        return more
      }
      this.value = longer(this.value)
      this.#allowed = longer(this.#allowed)
      this.#magnitude = longer(this.#magnitude)
      this.#share = longer(this.#share)
      const before = [this.#code, this.#first, this.#second] as const
      this.#code = new Uint8Array(size)
      this.#first = new Int32Array(size)
      this.#second = new Int32Array(size)
      this.#code.set(before[0])
      this.#first.set(before[1])
      this.#second.set(before[2])
    }
    return this.#length++
  }

  #carryOut(from: number, to: number, signs: Int8Array | null): void {
    const value = this.value
    const allowed = this.#allowed
    const magnitude = this.#magnitude
    const profile = this.#profile
    const [ulp, unit, product] = [this.#ulp, this.#unit, this.#product]
    for (let at = from; at < to; at++) {
      const code = this.#code[at]!
      const a = this.#first[at]!
      const x = value[a]!
      const y = code === codes.round ? 0 : value[this.#second[at]!]!
      let result = 0
      let off = 0
      switch (code) {
        case codes.known:
          continue
        case codes.round:
          result = signs === null ? x : x + signs[this.#second[at]!]! * allowed[a]!
          break
        case codes.negate:
          value[at] = -x
          allowed[at] = allowed[a]!
          magnitude[at] = magnitude[a]!
          continue
        case codes.gather:
          // Of terms that are not zero, so that only their sum may be.
          magnitude[at] = magnitude[a]! + magnitude[this.#second[at]!]!
          value[at] = x + y
          allowed[at] = this.#share[at]! * magnitude[at]! * nearly
          continue
        case codes.add:
          result = x + y
          off = unit * result
          break
        case codes.multiply:
          result = x * y
          off = product * result
          break
        case codes.divide:
          result = x / y
          off = profile.divide(result, ulp)
          break
        case codes.exp:
          result = Math.exp(x)
          off = profile.exp(Math.abs(x), result, ulp)
          break
        case codes.log:
          result = Math.log(x)
          off = profile.log(x, result, ulp)
          break
        case codes.sqrt:
          result = Math.sqrt(x)
          off = profile.sqrt(result, ulp)
          break
        case codes.tanh:
          result = Math.tanh(x)
          off = profile.tanh(Math.abs(x), result, ulp)
          break
        case codes.power:
          result = x ** y
          off = profile.power(x, Math.abs(y), result, ulp)
          break
        case codes.abs:
          result = Math.abs(x)
          break
        case codes.maximum:
          result = Math.max(x, y)
          break
      }
      value[at] = result
      // Zeros that every implementation computes exactly stay so.
      allowed[at] = result === 0 ? 0 : Math.abs(off) * nearly
      magnitude[at] = Math.abs(result)
    }
  }

  /** What each rounding is worth in an output, as things stand: the output's derivative by it. */
  adjoints(output: number): Float64Array {
    const worth = new Float64Array(this.roundings)
    const adjoint = new Float64Array(output + 1)
    adjoint[output] = 1
    const value = this.value
    for (let at = output; at >= 0; at--) {
      const y = adjoint[at]!
      if (y === 0) continue
      const [a, b] = [this.#first[at]!, this.#second[at]!]
      const [x, z] = [value[a]!, value[b]!]
      // A slope that is infinite, as that of √0, or not a number, tells no direction.
      const give = (to: number, slope: number) => {
        const more = slope * y
        if (Number.isFinite(more)) adjoint[to]! += more
      }
      switch (this.#code[at]!) {
        case codes.round:
          worth[b]! += y
          give(a, 1)
          break
        case codes.negate:
          give(a, -1)
          break
        case codes.add:
        case codes.gather:
          give(a, 1)
          give(b, 1)
          break
        case codes.multiply:
          give(a, z)
          give(b, x)
          break
        case codes.divide:
          give(a, 1 / z)
          give(b, -value[at]! / z)
          break
        case codes.exp:
          give(a, value[at]!)
          break
        case codes.log:
          give(a, 1 / x)
          break
        case codes.sqrt:
          give(a, 0.5 / value[at]!)
          break
        case codes.tanh:
          give(a, 1 - value[at]! ** 2)
          break
        case codes.power:
          give(a, (value[at]! * z) / x)
          give(b, value[at]! * Math.log(x))
          break
        case codes.abs:
          give(a, x < 0 ? -1 : 1)
          break
        case codes.maximum:
          if (x >= z) give(a, 1)
          else give(b, 1)
          break
      }
    }
    return worth
  }
}
