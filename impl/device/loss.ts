/** A WebGPU device, as far as it tells that it is lost. */
export interface Losable {
  readonly lost: Promise<{ readonly reason?: string; readonly message: string }>
}

const waiting = new WeakMap<Losable, Set<(loss: Error) => void>>()

/**
 * What comes of a promise of a device, unless that is lost before: a browser may then keep silent for ever.
 *
 * @throws {Error} the device was lost
 */
export function unlessLost<T>(device: Losable, promise: Promise<T>): Promise<T> {
  const those = waiting.get(device) ?? watch(device)
  return new Promise((resolve, reject) => {
    those.add(reject)
    // What is under way is given up before a browser tells that the device is gone.
    const fail = (error: Error) =>
      reject(error.name === 'AbortError' ? new Error(`the GPU was lost: ${error.message}`) : error)
    promise.then(resolve, fail).finally(() => those.delete(reject))
  })
}

/** One listener for all: each on its own would be kept, with the answer, for as long as the device lives. */
function watch(device: Losable): Set<(loss: Error) => void> {
  const those = new Set<(loss: Error) => void>()
  waiting.set(device, those)
  void device.lost.then(({ message }) => {
    // Whoever asks after this is told at once.
    those.add = (reject) => {
      reject(new Error(`the GPU was lost: ${message}`))
      return those
    }
    for (const reject of those) reject(new Error(`the GPU was lost: ${message}`))
  })
  return those
}
