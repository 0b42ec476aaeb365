import { type OperationById, operations } from '../spec/index.ts'
import type { Operation } from '../spec/language/operation.ts'
import { cnnFast } from './cnn/index.ts'
import { efficientFast } from './efficient/index.ts'
import { evaluateOn } from './evaluate.ts'
import { inceptionFast } from './inception/index.ts'
import type { Fast } from './operation.ts'
import { resnetFast } from './resnet/index.ts'
import { trainingFast } from './training/index.ts'
import { transferFast } from './transfer/index.ts'

/** The fast implementation of every operation, by the operation's id. */
export const fast: { readonly [Id in keyof OperationById]: Fast<OperationById[Id]> } = {
  ...cnnFast,
  ...trainingFast,
  ...inceptionFast,
  ...resnetFast,
  ...transferFast,
  ...efficientFast,
}

/**
 * Every operation as a function of arrays of the host, on the device that is open.
 * `waits`: whether reading back from the device has to be awaited, as on WebGPU.
 */
export function evaluators(device: { readonly waits: boolean }) {
  return Object.fromEntries(
    operations.map((operation: Operation) => [
      operation.id,
      evaluateOn(
        operation,
        fast[operation.id as keyof OperationById] as unknown as Fast<Operation>,
        device,
      ),
    ]),
  )
}
