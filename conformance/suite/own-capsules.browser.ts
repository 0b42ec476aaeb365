import { bundled } from '../base/bundled.browser.ts'
import type * as node from './own-capsules.ts'

export const ownCapsules: typeof node.ownCapsules = () => bundled.capsules
