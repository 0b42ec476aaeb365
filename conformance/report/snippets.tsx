import { plural } from '../base/text.ts'
import { fileOf } from '../suite/capsules.ts'
import { type Shown, snippetsOf } from './snippet.ts'

/** Above so many characters, a program is a file beside the report and not part of a page. */
const longest = 20_000

/** The case of a verdict as programs to paste. */
export function Snippets({ verdict }: { verdict: Shown }) {
  const snippets = snippetsOf(verdict)
  if (snippets === null) return null
  const { typescript, python } = snippets
  const capsule = 'capsule' in verdict ? verdict.capsule : null
  if (Math.max(typescript.length, python.length) > longest && capsule) {
    const file = fileOf(capsule).replace(/\.capsule\.json$/, '')
    return (
      <p class="dim">
        The case in TypeScript and in Python, {plural(typescript.length, 'character')} each:
        capsules/
        {file}.ts and .py, in the folder of this report.
      </p>
    )
  }
  return (
    <>
      <details>
        <summary>the case in TypeScript</summary>
        <pre tabindex={0}>{snippets.typescript}</pre>
      </details>
      <details>
        <summary>the case in Python, with NumPy</summary>
        <pre tabindex={0}>{snippets.python}</pre>
      </details>
    </>
  )
}
