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
  mistake(
    'federated.dirichletPartition',
    'size',
    'counts at most 32 points of a class',
    (the) => ({ counts: change(the.right.counts, (n) => Math.min(32, n)) }),
    { sizes: { N: 100 }, parameters: { classes: 1, clients: 1 } },
  ),
  mistake(
    'federated.dirichletPartition',
    'special',
    'gives the last client nothing of a class with a single point',
    (the) => {
      const { labels } = the.inputs
      const { clients } = the.parameters
      const alone = (n: number) => labels.data.filter((c) => c === labels.at(n)).length === 1
      return {
        owners: change(the.right.owners, (k, n) => (alone(n) && k === clients - 1 ? 0 : k)),
      }
    },
    { sizes: { N: 1 }, parameters: { classes: 1, clients: 3 } },
  ),
  mistake(
    'federated.dirichletPartition',
    'shape',
    'of as many classes as clients takes the draws transposed',
    (the) => {
      const { gammas } = the.inputs
      if (the.sizes.C === the.sizes.K && the.sizes.C > 1)
        return the.but({ gammas: change(gammas, (_, c, k) => gammas.at(k, c)) })
    },
    { sizes: { N: 8 }, parameters: { classes: 2, clients: 2 } },
  ),
  mistake(
    'federated.dirichletPartition',
    'numeric',
    'keeps draws in bfloat16',
    (the) => the.but({ gammas: change(the.inputs.gammas, bfloat) }),
    {
      sizes: { N: 200 },
      parameters: { classes: 1, clients: 2 },
      elements: { gammas: (_, at) => 1 + at / 300 },
    },
  ),
]
