import { bundled } from '../base/bundled.browser.ts'
import type * as node from './excerpt.ts'

export const excerptOf: typeof node.excerptOf = ({ path, first, last }) =>
  bundled.excerpts[`${path}:${first}-${last}`] ?? ''
