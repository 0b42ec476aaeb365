import * as activation from './activation/index.ts'
import * as bptt from './bptt/index.ts'
import * as cnn from './cnn/index.ts'
import * as compression from './compression/index.ts'
import * as distillation from './distillation/index.ts'
import * as efficient from './efficient/index.ts'
import * as federated from './federated/index.ts'
import * as gan from './gan/index.ts'
import * as gru from './gru/index.ts'
import * as inception from './inception/index.ts'
import { type Clause, operationsOf } from './language/clause.ts'
import type { Operation } from './language/operation.ts'
import * as lowrank from './lowrank/index.ts'
import * as lstm from './lstm/index.ts'
import * as pruning from './pruning/index.ts'
import * as quantization from './quantization/index.ts'
import * as resnet from './resnet/index.ts'
import * as rnn from './rnn/index.ts'
import * as training from './training/index.ts'
import * as transfer from './transfer/index.ts'

/** Every area, in the order of the notes. */
const areas = [
  cnn,
  training,
  inception,
  resnet,
  transfer,
  compression,
  pruning,
  lowrank,
  distillation,
  quantization,
  efficient,
  rnn,
  bptt,
  activation,
  lstm,
  gru,
  federated,
  gan,
] as const

/** Every clause of the specification, in the order of the notes. */
export const clauses: readonly (typeof areas)[number]['clauses'][number][] = areas.flatMap(
  ({ clauses }): readonly (typeof clauses)[number][] => clauses,
)

/** Every operation of the specification, in the order in which its clauses name them. */
export const operations = operationsOf(clauses)

export type OperationId = (typeof operations)[number]['id']
export type ClauseId = (typeof clauses)[number]['id']
export type OperationById = {
  readonly [O in (typeof operations)[number] as O['id']]: O
}

/** The clause with this id, or `undefined`. */
export function clauseById(id: string): Clause | undefined {
  return clauses.find((clause) => clause.id === id)
}

/** The operation with this id, or `undefined`. */
export function operationById(id: string): Operation | undefined {
  return operations.find((operation) => operation.id === id)
}
