import { bundled } from '../base/bundled.browser.ts'
import type * as node from './excerpt.ts'

export const excerptOf: typeof node.excerptOf = ({ path, first, last }) =>
  bundled.excerpts[`${path}:${first}-${last}`] ?? ''

/** The page has excerpts of sources, and no whole ones. */
export const fileOf: typeof node.fileOf = (path) => ({ path, line: 1, first: 1, last: 1 })
