/** A statement that no answer can contradict, since nothing leaves room for it: why, and what would notice. */
export interface Construction {
  readonly says: string
  readonly why: string
  /** The test that fails when it is so no more. */
  readonly guard: string
}

/** What all clauses have in common and no property checks, since it holds by how things are made. */
export const constructions: readonly Construction[] = [
  {
    says: 'Random draws are inputs of an operation, and never drawn inside.',
    why: 'No signature has an input or a parameter to draw from; an answer that is another one at the second call is unstable.',
    guard: 'spec/construction.test.ts',
  },
  {
    says: 'Every gradient is the derivative of an operation that the specification has.',
    why: 'Each names its forward operation, by its signature or in a table, which has every gradient and nothing else.',
    guard: 'conformance/suite/reference.test.ts',
  },
  {
    says: 'The reference and the fast implementation have no code in common that could be wrong in both.',
    why: 'Neither imports anything of the other, and both import the specification alone.',
    guard: 'scripts/tree/directions.test.ts',
  },
  {
    says: 'Each topic has its formula, its code and its evidence under the same name.',
    why: 'The four trees have the same files.',
    guard: 'scripts/tree/mirror.test.ts',
  },
]
