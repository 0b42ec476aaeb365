import { aggregateProperties } from './aggregate.ts'

/** Every property of the clauses of the area `federated`. */
export const federatedProperties = [...aggregateProperties]
