import type { Experiments } from './experiment.ts'
import results from './results.json' with { type: 'json' }

/** What `npm run experiments` found when it was run last. */
export const experiments = results as unknown as Experiments
