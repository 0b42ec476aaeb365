import type { Variation } from '../variation.ts'
import { algebra } from './algebra.ts'
import { codebooks } from './compression.ts'
import { servers } from './federated.ts'
import { aggregators } from './federated-robustness.ts'
import { adversaries } from './gan.ts'
import { heldCritics } from './gan-critics.ts'
import { judges } from './gan-evaluation.ts'
import { games } from './gan-games.ts'
import { players } from './gan-steps.ts'
import { critics } from './gan-wasserstein.ts'
import { orders } from './orders.ts'
import { pruners } from './pruning.ts'
import { quantizers } from './quantization.ts'
import { throughTime } from './recurrent.ts'
import { transposedVariations } from './transposed.ts'

/** Every right variation: an alarm on any of them is a false one. */
export const variations: readonly Variation[] = [
  ...orders,
  ...algebra,
  ...pruners,
  ...quantizers,
  ...codebooks,
  ...throughTime,
  ...servers,
  ...aggregators,
  ...adversaries,
  ...judges,
  ...players,
  ...games,
  ...critics,
  ...transposedVariations,
  ...heldCritics,
]
