import { canonical } from '../base/json.ts'
import type { Matrix, Report } from './model.ts'

/** The text of which a digest is made: all but that digest itself. */
export function digested({ digest: _, ...content }: Report | Matrix): string {
  return canonical(content)
}
