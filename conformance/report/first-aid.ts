import type { Terminal } from '../base/terminal.ts'
import { figure, plural, visible } from '../base/text.ts'
import { wrap } from '../base/wrap.ts'
import type { FirstAid, Report } from '../suite/model.ts'

/** At most this many explanations are written out. */
const mostShown = 3

/** What to look at before anything else: operations that are wrong at once, and what explains it. */
export function aidNotes({ firstAid = [] }: Report, terminal: Terminal): readonly string[] {
  if (firstAid.length === 0) return []
  const columns = Math.min(terminal.columns, 100)
  const lines = groupsOf(firstAid)
    .slice(0, mostShown)
    .map((group) => wrap(visible(aidInWords(group)), columns, '  '))
  return [[terminal.style(['bold', 'yellow'], 'first aid'), ...lines].join('\n')]
}

/** Those with the same explanation together. */
export function groupsOf(firstAid: readonly FirstAid[]): readonly (readonly FirstAid[])[] {
  const groups = new Map<string | null, FirstAid[]>()
  for (const one of firstAid) groups.set(one.says, [...(groups.get(one.says) ?? []), one])
  return [...groups.values()].sort(
    ([a], [b]) => Number(a!.says === null) - Number(b!.says === null),
  )
}

/** What is wrong with some operations at once, and why. */
export function aidInWords(group: readonly FirstAid[]): string {
  const [first, ...others] = group as readonly [FirstAid, ...FirstAid[]]
  const { operation, failing, properties, says } = first
  const are = others.length === 1 ? 'is' : 'are'
  const more =
    others.length === 0 ? '' : `, and so ${are} ${plural(others.length, 'other operation')}`
  const share = `${figure(failing)} of ${plural(properties, 'property', 'properties')}`
  const why = says ?? 'no usual misreading explains it; touchstone smoke shows the smallest cases'
  return `${operation} is wrong nearly everywhere (${share})${more}: ${why}`
}
