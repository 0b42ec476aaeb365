import { bfloat } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what tells silos from devices, and of what shares points out. */
export const settingMistakes: readonly Mistake[] = [
  mistake(
    'federated.setting',
    'range',
    'counts clients in 32 bits',
    (the) => {
      const { clients, ...others } = the.parameters
      if (clients >= 2 ** 32)
        return the.but({}, { clients: 2 + ((clients % 2 ** 32) % 99), ...others })
    },
    { parameters: { clients: 1e10, reliable: true, available: true } },
  ),
  mistake(
    'federated.setting',
    'special',
    'takes two clients for devices',
    (the) => (the.parameters.clients === 2 ? { crossSilo: scalar(0) } : undefined),
    { parameters: { clients: 2, reliable: true, available: true } },
  ),
  mistake(
    'federated.iidPartition',
    'numeric',
    'sorts draws in bfloat16',
    (the) => the.but({ draws: change(the.inputs.draws, bfloat) }),
    {
      sizes: { N: 4 },
      parameters: { speeds: [1, 1] },
      elements: { draws: (_, n) => 1 - n / 1024 },
    },
  ),
  mistake(
    'federated.iidPartition',
    'size',
    'shuffles the first 64 points alone',
    (the) => {
      if (the.sizes.N > 64)
        return the.but({ draws: change(the.inputs.draws, (u, n) => (n < 64 ? u : 1e30)) })
    },
    { sizes: { N: 100 }, parameters: { speeds: [1, 1] } },
  ),
  mistake(
    'federated.iidPartition',
    'shape',
    'of fewer points than workers gives one to each of the first',
    (the) => {
      const { N, K } = the.sizes
      if (N >= K) return
      return { counts: change(the.right.counts, (_, k) => (k < N ? 1 : 0)) }
    },
    { sizes: { N: 1 }, parameters: { speeds: [1, 1, 1] } },
  ),
]
