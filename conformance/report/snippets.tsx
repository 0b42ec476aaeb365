import { type Shown, snippetsOf } from './snippet.ts'

/** The case of a verdict as programs to paste. */
export function Snippets({ verdict }: { verdict: Shown }) {
  const snippets = snippetsOf(verdict)
  if (snippets === null) return null
  return (
    <>
      <details>
        <summary>the case in TypeScript</summary>
        <pre>{snippets.typescript}</pre>
      </details>
      <details>
        <summary>the case in Python, with NumPy</summary>
        <pre>{snippets.python}</pre>
      </details>
    </>
  )
}
