import { areaOf } from '../../spec/language/area.ts'
import { stated } from './areas.ts'
import type * as node from './stated-in.ts'

/** A page is one script, which has all areas. */
export const statedIn: typeof node.statedIn = async (area) =>
  stated.filter(({ clause }) => areaOf(clause) === area)
