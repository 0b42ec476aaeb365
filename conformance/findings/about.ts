import type { Finding } from './finding.ts'
import { findings } from './index.ts'

/** The findings on a library, by the name of its implementation, that show in one of some clauses. */
export function findingsAbout(
  implementation: string,
  clauses: readonly string[],
  all: readonly Finding[] = findings,
): readonly Finding[] {
  return all.filter(
    ({ library, clause, alsoIn = [] }) =>
      isOf(library, implementation) && [clause, ...alsoIn].some((one) => clauses.includes(one)),
  )
}

/** `TensorFlow.js on wasm` is `tfjs:wasm`; without a backend, it is each of them. */
function isOf(library: string, implementation: string): boolean {
  const [name, backend] = library.toLowerCase().replace('tensorflow.js', 'tfjs').split(' on ')
  const [asked, askedBackend] = implementation.toLowerCase().split(':')
  const isSame = name!.replaceAll(' ', '') === asked
  return isSame && (backend === undefined || backend === askedBackend)
}

/** The anchor of a finding on the page of findings. */
export function anchorOf(finding: Finding): string {
  return `finding-${findings.indexOf(finding) + 1}`
}
