import type { Property } from '../../engine/property.ts'
import { clippingProperties } from './clipping.ts'
import { depthProperties } from './depth-equals-length.ts'
import { explodingProperties } from './exploding.ts'
import { detectionProperties } from './explosion-detectable.ts'
import { profileProperties } from './gradient-profile.ts'
import { jacobianProperties } from './jacobian.ts'
import { lossProperties } from './loss.ts'
import { shortTermProperties } from './short-term-bias.ts'
import { truncatedProperties } from './truncated.ts'
import { vanishingProperties } from './vanishing.ts'

/** Every property of the clauses on back-propagation through time. */
export const bpttProperties: readonly Property[] = [
  ...lossProperties,
  ...truncatedProperties,
  ...jacobianProperties,
  ...vanishingProperties,
  ...explodingProperties,
  ...clippingProperties,
  ...profileProperties,
  ...detectionProperties,
  ...shortTermProperties,
  ...depthProperties,
]
