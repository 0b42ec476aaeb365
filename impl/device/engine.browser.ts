import type * as node from './engine.ts'

const browser = { browser: navigator.userAgent }

export const engine: typeof node.engine = { javascript: browser, webassembly: browser }
