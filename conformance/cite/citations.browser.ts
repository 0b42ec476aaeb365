import { bundled } from '../base/bundled.browser.ts'
import type * as node from './citations.ts'

export const citations: typeof node.citations = () => bundled.citations as node.Citations
