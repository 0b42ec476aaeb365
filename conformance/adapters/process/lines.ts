import { LineTooLong } from '../../base/errors.ts'
/** Puts lines together from the pieces in which a stream delivers them. */
export class Lines {
  #pieces: Buffer[] = []
  #length = 0

  /** `limit`: the most bytes that a line may have. */
  constructor(readonly limit: number) {}

  /**
   * The lines that a piece completes, without their ends.
   *
   * @throws {LineTooLong} the line gets longer than the limit; what came of it is forgotten
   */
  *push(piece: Buffer): Generator<string> {
    let start = 0
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      this.#add(piece.subarray(start, end))
      yield this.#take()
      start = end + 1
    }
    if (start < piece.length) this.#add(piece.subarray(start))
  }

  /** What came after the last line, at the end of the stream. */
  rest(): string {
    return this.#take()
  }

  #add(piece: Buffer): void {
    this.#length += piece.length
    if (this.#length > this.limit) {
      this.#pieces = []
      this.#length = 0
      throw new LineTooLong(`a line of more than ${this.limit} bytes`)
    }
    this.#pieces.push(piece)
  }

  #take(): string {
    const line = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#length = 0
    return line.toString('utf8')
  }
}
