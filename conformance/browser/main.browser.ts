/// <reference lib="dom" />
import '../properties/index.ts'
import { start } from './page.tsx'
import { work } from './worker.ts'

// One script for both: the page starts its worker from its own text, and nothing is fetched.
if (typeof document === 'undefined') work()
else start()
