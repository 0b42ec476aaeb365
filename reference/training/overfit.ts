import type {
  overfitGap as gapSpec,
  turningPoint as turningSpec,
} from '../../spec/training/overfit.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

/**
 * Gap between training and validation.
 *
 * Formula    gaps[t] = training[t] − validation[t] for accuracies, its negative for losses;
 *            diagnosis = 0 when gaps[T] < τ₁, 1 when τ₁ ≤ gaps[T] < τ₂, else 2
 * Clauses    training.overfit.gap
 * Shapes     training: [T], validation: [T] → gaps: [T], diagnosis: []
 * Edges      validation may be better: the gap is negative, and there is no overfitting
 * Source     Goodfellow, Bengio, Courville (2016), section 5.2
 * Example    accuracies 1 and 0.75, τ = 0.05, 0.2 → gap 0.25, strong
 */
export const overfitGap: Reference<typeof gapSpec> = (
  { exact, less, subtract },
  { training, validation },
  { metric, little, strong },
) => {
  const [better, worse] = metric === 'accuracy' ? [training, validation] : [validation, training]
  const gaps = build(training.shape, (t) => subtract(better.at(t), worse.at(t)))
  const last = gaps.at(gaps.shape[0]! - 1)
  const diagnosis = less(last, exact(little)) ? 0 : less(last, exact(strong)) ? 1 : 2
  return { gaps, diagnosis: build([], () => exact(diagnosis)) }
}

/**
 * Epoch at which validation accuracy turns.
 *
 * Formula    t* = the first t with the largest validation[t];
 *            overparametrized when 0 < t* < T − 1, validation[T−1] < validation[t*] − τ and
 *            training[T−1] > training[t*]
 * Clauses    training.overfit.turning-point
 * Shapes     training: [T], validation: [T] → stop: [], overparametrized: [], remedies: [3]
 * Edges      of equal epochs the first counts
 * Source     Goodfellow, Bengio, Courville (2016), section 7.8
 * Example    training 1, 2, 3, validation 1, 2, 0, τ = 1 → stop 1, overparametrized
 */
export const turningPoint: Reference<typeof turningSpec> = (
  { exact, less, subtract },
  { training, validation },
  { drop },
) => {
  const end = validation.shape[0]! - 1
  let stop = 0
  for (let t = 1; t <= end; t++) if (less(validation.at(stop), validation.at(t))) stop = t

  const turned =
    stop > 0 &&
    stop < end &&
    less(validation.at(end), subtract(validation.at(stop), exact(drop))) &&
    less(training.at(stop), training.at(end))
  const flag = exact(turned ? 1 : 0)
  return {
    stop: build([], () => exact(stop)),
    overparametrized: build([], () => flag),
    remedies: build([3], () => flag),
  }
}
