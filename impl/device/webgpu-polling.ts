let isSeldom = false

/**
 * Has Dawn look for what is done once a millisecond. As long as anything is awaited, version 0.6 of the package webgpu
 * looks in every turn of the event loop, 50,000 times a second, by a function that it makes anew each time: a core is
 * busy with it, which a GPU that is emulated needs. Smallest case: map a buffer to be read, and await it.
 *
 * It finds `setImmediate` by its name, so that this is where it can be told from others: by a native function that could
 * be a constructor, as those of add-ons can and those that resolve promises cannot.
 */
export function pollSeldom(): void {
  if (isSeldom) return
  isSeldom = true
  const soon = globalThis.setImmediate
  const seldom = (action: () => void, ...words: []) =>
    isOfAddon(action) ? setTimeout(action, 1, ...words) : soon(action, ...words)
  globalThis.setImmediate = Object.defineProperties(
    seldom,
    Object.getOwnPropertyDescriptors(soon),
  ) as typeof setImmediate
}

function isOfAddon(action: () => void): boolean {
  return (
    Object.hasOwn(action, 'prototype') && isNative.test(Function.prototype.toString.call(action))
  )
}

const isNative = /\{\s*\[native code\]\s*\}$/
