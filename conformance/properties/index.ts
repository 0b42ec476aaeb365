import type { Property } from '../engine/property.ts'
import { withAnswers } from '../kit/answers.ts'
import { withRejections } from '../kit/outside.ts'
import { sharingPlans } from '../kit/sharing.ts'
import { cnnProperties } from './cnn/index.ts'
import { efficientProperties } from './efficient/index.ts'
import { inceptionProperties } from './inception/index.ts'
import { resnetProperties } from './resnet/index.ts'
import { trainingProperties } from './training/index.ts'
import { transferProperties } from './transfer/index.ts'

/** Every property, in the order of the clauses. */
export const properties: readonly Property[] = sharingPlans(
  withAnswers(
    withRejections([
      ...cnnProperties,
      ...trainingProperties,
      ...inceptionProperties,
      ...resnetProperties,
      ...transferProperties,
      ...efficientProperties,
    ]),
  ),
)
