import { statedOf } from './areas.ts'
import type * as node from './stated-in.ts'

/** A page is one script, which has all areas. */
export const statedIn: typeof node.statedIn = async (area) => statedOf(area)
