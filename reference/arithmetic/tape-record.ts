import { Descending } from './descending.ts'

/** What one sweep may still be off by its own rounding, for each addition into an adjoint. */
const unit = 2 ** -53

/** What a tape may cost. */
export interface TapeLimits {
  /** Operations that it keeps; one more is an error. */
  readonly longest: number
  /** Steps that all sweeps that tighten may take together; beyond them, forward bounds have to do. */
  readonly steps: number
}

const ample: TapeLimits = { longest: Number.POSITIVE_INFINITY, steps: 5e8 }

// Shares of a bound: an operation that is worth less is taken by its own limit. Rough sweeps serve what is
// small itself, and stop early where the past is forgotten; fine ones serve the results.
const [rough, fine] = [2 ** -12, 2 ** -40]

/** More operations than it was to keep. */
export class TapeFull extends Error {
  override readonly name = 'TapeFull'
}

/** A number on the tape, times a factor. */
export type Weighted = readonly [node: number, weight: number]

/**
 * The recorded operations, in the order in which they were carried out, and what bounds their errors.
 *
 * A node is a number as an operation leaves it, before it is rounded. Its error is a sum over the
 * operands and a local part, e_i = Σ_k s_ik e_k + l_i with |l_i| ≤ L_i. The s_ik may be any numbers, as
 * long as L_i bounds what they leave: the remainder of Taylor, the rounding of every operand, and of
 * the s_ik themselves.
 */
export class TapeRecord {
  /** L_i. */
  readonly #local: number[] = []
  /** An upper limit of |e_i|: from the operands when it is recorded, lower once it was swept. */
  readonly #reach: number[] = []
  /** How precise a sweep from the node was made; 0 for none. */
  readonly #swept: number[] = []
  /** How often the node was an operand. */
  readonly #uses: number[] = []
  /** Where the operands of a node begin; those of the next one end them. */
  readonly #begin: number[] = [0]
  readonly #operand: number[] = []
  readonly #slope: number[] = []
  readonly #adjoint: number[] = []
  /** Which nodes a sweep has still to visit. */
  readonly #pending = new Descending()
  #visits = 0

  constructor(readonly limits = ample) {}

  /** Records an operation; its error is no larger than `whole`, whatever the operands say. */
  node(operands: readonly Weighted[], local: number, whole = Number.POSITIVE_INFINITY): number {
    for (const [operand, slope] of operands) this.operand(operand, slope)
    return this.close(local, whole)
  }

  /** An operand of the operation that is recorded next. */
  operand(node: number, slope: number): void {
    this.#uses[node]!++
    this.#operand.push(node)
    this.#slope.push(slope)
  }

  /** Records the operation on the operands that were named since the one before. */
  close(local: number, whole = Number.POSITIVE_INFINITY): number {
    const { longest } = this.limits
    if (this.#local.length >= longest) throw new TapeFull(`more than ${longest} operations`)
    const [begin, end] = [this.#begin[this.#local.length]!, this.#operand.length]
    let reach = local
    for (let at = begin; at < end; at++) {
      reach += Math.abs(this.#slope[at]!) * this.#reach[this.#operand[at]!]!
    }
    this.#begin.push(end)
    this.#local.push(local)
    this.#reach.push(Math.min(whole, reach * (1 + (end - begin + 1) * unit)))
    this.#swept.push(0)
    this.#uses.push(0)
    return this.#adjoint.push(0) - 1
  }

  /** How many steps all sweeps have taken. */
  get visits(): number {
    return this.#visits
  }

  reach(node: number): number {
    return this.#reach[node]!
  }

  /** Lowers the limit of a node by a sweep, as long as sweeps are not too many. */
  tighten(node: number): void {
    if (this.#visits < this.limits.steps) this.#lower(node, rough)
  }

  /** Lowers the limit of a node as far as a sweep can, and returns it. */
  settle(node: number): number {
    this.#lower(node, fine)
    return this.#reach[node]!
  }

  #lower(node: number, negligible: number): void {
    const before = this.#swept[node]!
    if (before > 0 && before <= negligible) return
    this.#swept[node] = negligible
    this.#reach[node] = Math.min(this.#reach[node]!, this.sweep([[node, 1]], negligible))
  }

  /**
   * An upper limit of |Σ_r w_r e_r|: with adjoints a_i = w_i + Σ_j a_j s_ji, j the operations on i, it is
   *
   *     Σ_r w_r e_r = Σ_i a_i l_i,    exactly, so that errors may cancel.
   *
   * Computed adjoints leave r_i = w_i + Σ_j a_j s_ji − a_i, and then Σ_r w_r e_r = Σ_i a_i l_i + Σ_i r_i e_i.
   * Of m products that are added up, |r_i| ≤ γ(m) Σ|a_j s_ji| (Higham 2002, section 3.1), and 2^-1074 for each
   * that underflows. Where |a_i e_i| is next to nothing, the limit of e_i does, and its operands are spared.
   */
  sweep(seeds: readonly Weighted[], negligible = rough): number {
    // Read once: nothing in the loop replaces them.
    const [adjoint, reach, local] = [this.#adjoint, this.#reach, this.#local]
    const [begin, operands, slopes, uses] = [this.#begin, this.#operand, this.#slope, this.#uses]
    const pending = this.#pending
    for (const [node, weight] of seeds) {
      adjoint[node]! += weight
      pending.add(node)
    }
    let [sum, steps] = [0, 0]
    for (let i = pending.next(); i >= 0; i = pending.next()) {
      const a = adjoint[i]!
      if (a === 0) continue
      adjoint[i] = 0
      steps++
      const size = Math.abs(a)
      const all = size * reach[i]!
      if (all <= sum * negligible) {
        sum += all
        continue
      }
      sum += size * local[i]!
      const end = begin[i + 1]!
      for (let at = begin[i]!; at < end; at++) {
        const operand = operands[at]!
        const more = a * slopes[at]!
        adjoint[operand]! += more
        pending.add(operand)
        // γ(m) < (m + 1) 2^-53, also with the weight of a seed among them, for m < 2^26.
        const share = (uses[operand]! + seeds.length + 1) * unit
        sum += (Math.abs(more) * share + Number.MIN_VALUE) * reach[operand]!
        steps++
      }
    }
    this.#visits += steps
    const limit = sum * (1 + 4 * (steps + 1) * unit) + steps * Number.MIN_VALUE
    return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit
  }
}
