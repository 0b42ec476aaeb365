/** Whole numbers of which the largest is taken first, each once; what is added is below what was taken. */
export class Descending {
  /** A bit a number: a sweep that skips most of a long tape skips 32 numbers at a time. */
  #words = new Int32Array(1024)
  #highest = -1

  add(number: number): void {
    const word = number >>> 5
    if (word >= this.#words.length) this.#grow(word)
    this.#words[word]! |= 1 << (number & 31)
    if (word > this.#highest) this.#highest = word
  }

  /** The largest, which is taken out; −1 where there is none. */
  next(): number {
    const words = this.#words
    let word = this.#highest
    while (word >= 0 && words[word] === 0) word--
    this.#highest = word
    if (word < 0) return -1
    const bit = 31 - Math.clz32(words[word]!)
    words[word]! ^= 1 << bit
    return word * 32 + bit
  }

  #grow(word: number): void {
    const longer = new Int32Array(Math.max(word + 1, 2 * this.#words.length))
    longer.set(this.#words)
    this.#words = longer
  }
}
