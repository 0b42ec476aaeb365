import { describe, expect, it } from 'vitest'
import { unlessLost } from './loss.ts'

function device() {
  let lose!: (how: { message: string }) => void
  const lost = new Promise<{ message: string }>((resolve) => {
    lose = resolve
  })
  return { lost, lose: () => lose({ message: 'unplugged' }) }
}

const never = new Promise<never>(() => {})

describe('what a GPU promises', () => {
  it('is what comes of it while it is there', async () => {
    const gpu = device()
    expect(await unlessLost(gpu, Promise.resolve(3))).toBe(3)
    await expect(unlessLost(gpu, Promise.reject(new Error('no room')))).rejects.toThrow('no room')
  })

  it('is a loss where it is given up, of which the device tells later', async () => {
    const given = Promise.reject(new DOMException('unmapped before it was mapped', 'AbortError'))
    await expect(unlessLost(device(), given)).rejects.toThrow('the GPU was lost: unmapped before')
  })

  it('is an error once it is lost, for those who wait and those who ask later', async () => {
    const gpu = device()
    const [first, second] = [unlessLost(gpu, never), unlessLost(gpu, never)]
    gpu.lose()
    await expect(first).rejects.toThrow('the GPU was lost: unplugged')
    await expect(second).rejects.toThrow('the GPU was lost: unplugged')
    await expect(unlessLost(gpu, never)).rejects.toThrow('the GPU was lost: unplugged')
  })
})
