import type { Algebra } from '../layers/algebra.ts'
import type { Kind } from './forward-memory.ts'

/** What a step computes, each N × H. */
type StepOf<A> = Readonly<Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h', A>>

/** From what enters the gates, without peepholes, the new cell and state. */
export function step<A>(
  { add, mul, one, sigmoid, sub, tanh }: Algebra<A>,
  [intoI, intoF, intoG, intoO]: readonly A[],
  c: A,
  [inputPeephole, forgetPeephole, outputPeephole]: readonly A[],
  { coupled }: Kind,
): StepOf<A> {
  const seeing = (a: A, peephole: A | undefined, cell: A) =>
    sigmoid(peephole === undefined ? a : add(a, mul(peephole, cell)))
  const i = seeing(intoI!, inputPeephole, c)
  const f = coupled ? sub(one, i) : seeing(intoF!, forgetPeephole, c)
  const g = tanh(intoG!)
  const cell = add(mul(f, c), mul(i, g))
  const o = seeing(intoO!, outputPeephole, cell)
  return { i, f, g, o, c: cell, h: mul(o, tanh(cell)) }
}
