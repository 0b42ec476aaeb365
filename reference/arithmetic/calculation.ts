import type { Arithmetic } from './arithmetic.ts'

/** Steps of a random calculation, in any arithmetic: the same ones for the same choices. */
export function calculate<T>(
  arithmetic: Arithmetic<T>,
  inputs: readonly T[],
  choices: { below(count: number): number },
): T[] {
  const { exact, add, subtract, multiply, divide, negate, abs, total, maximum } = arithmetic
  const { anyOf, exp, log, sqrt, tanh, power } = arithmetic
  const known = [...inputs]
  const pick = () => known[choices.below(known.length)]!
  const several = () => Array.from({ length: 2 + choices.below(8) }, pick)
  const dot = () => total(several().map((x) => multiply(x, pick())))
  const steps = [
    () => add(pick(), pick()),
    () => subtract(pick(), pick()),
    () => multiply(pick(), pick()),
    () => divide(pick(), pick()),
    () => negate(pick()),
    () => abs(pick()),
    () => total(several()),
    dot,
    dot,
    () => maximum(several()),
    () => exp(tanh(pick())),
    () => exp(pick()),
    () => log(abs(pick())),
    () => sqrt(abs(pick())),
    () => tanh(pick()),
    () => power(abs(pick()), exact(choices.below(13) / 4 - 1.5)),
    () => {
      const [x, y, z] = [pick(), pick(), pick()]
      return anyOf(
        () => multiply(x, add(y, z)),
        () => add(multiply(x, y), multiply(x, z)),
      )
    },
  ]
  for (let step = 0; step < 12; step++) known.push(steps[choices.below(steps.length)]!())
  return known.slice(inputs.length)
}
