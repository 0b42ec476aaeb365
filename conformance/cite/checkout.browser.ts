import { bundled } from '../base/bundled.browser.ts'
import type * as node from './checkout.ts'

export const checkout: typeof node.checkout = () => bundled.checkout as node.Checkout | null
