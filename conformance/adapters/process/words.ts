/**
 * Splits a command into words as a shell does: spaces separate, '…' keeps everything, in "…" and
 * outside of quotes a backslash keeps the next character. Nothing else has a meaning: no variables,
 * no patterns, no pipes, because no shell ever sees the words.
 *
 * @throws {SyntaxError} a quote that is not closed, or a backslash at the end
 */
export function splitWords(command: string): readonly string[] {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let i = 0; i < command.length; i++) {
    const character = command[i]!
    if (character === '\\' && quote !== "'") {
      const next = command[++i]
      if (next === undefined) throw new SyntaxError('a backslash at the end keeps nothing')
      // Within double quotes only a quote and a backslash need one; elsewhere it stays.
      const stays = quote === '"' && next !== '"' && next !== '\\'
      word = (word ?? '') + (stays ? character : '') + next
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (quote !== '') throw new SyntaxError(`the quote ${quote} is not closed`)
  if (word !== null) words.push(word)
  return words
}
