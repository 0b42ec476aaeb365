/** What begins or ends a group, whose parts stay together; and the spaces between what may stand on lines of its own. */
const token =
  /\\(?:begin|left)(?![a-zA-Z])|\\(?:end|right)(?![a-zA-Z])|\\[a-zA-Z]+|\\.|[{}]|[^\\{}]/gs

const opens = new Set(['{', String.raw`\begin`, String.raw`\left`])
const closes = new Set(['}', String.raw`\end`, String.raw`\right`])

/**
 * A formula in the pieces that stand on lines of their own where it is too long for one: it is divided at each wide
 * space, and at each narrower one after a comma or a semicolon, outside all groups.
 */
export function piecesOf(latex: string): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let depth = 0
  for (const [part] of latex.matchAll(token)) {
    if (opens.has(part)) depth++
    if (closes.has(part)) depth--
    if (depth === 0 && (part === String.raw`\qquad` || isQuadAfterStop(part, piece))) {
      pieces.push(piece.trim())
      piece = ''
    } else piece += part
  }
  return [...pieces, piece.trim()].filter((it) => it !== '')
}

function isQuadAfterStop(part: string, before: string): boolean {
  return part === String.raw`\quad` && /[,;]\s*$/.test(before)
}
