import module from 'node:module'

// The program beside a run. From Node 22 on, what was compiled once is read again.
const { enableCompileCache } = module as { readonly enableCompileCache?: () => void }
enableCompileCache?.()
await import('./answering.ts')
