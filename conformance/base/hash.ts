/** A whole number of 32 bits for a text, another one with each seed (FNV-1a). */
export function hash(text: string, seed = 0): number {
  let word = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) word = Math.imul(word ^ text.charCodeAt(i), 0x01000193)
  return word | 0
}
