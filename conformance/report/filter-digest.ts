import { createHash } from 'node:crypto'
import { filterScript } from './filter-script.ts'

/** The digest by which a policy allows the script that filters clauses and no other. */
export const filterDigest = `sha256-${createHash('sha256').update(filterScript).digest('base64')}`
