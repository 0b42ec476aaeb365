import { readFileSync, writeFileSync } from 'node:fs'
import { notationTables } from '../spec/notation-table.ts'

/** Puts the tables of the notation into `spec/README.md`, between its two marks. */
const file = 'spec/README.md'
const [begin, end] = ['<!-- notation -->', '<!-- end of notation -->']
const text = readFileSync(file, 'utf8')
const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
writeFileSync(file, `${text.slice(0, before)}\n\n${notationTables()}\n\n${text.slice(after)}`)
