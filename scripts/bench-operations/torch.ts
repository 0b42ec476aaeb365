import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'

const SERVER = `
import json, sys, time
import torch, torch.nn.functional as F
device = 'cuda' if torch.cuda.is_available() else 'cpu'
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
def gradients(compute, inputs, dy):
    inputs = [t.detach().requires_grad_() for t in inputs]
    return torch.autograd.grad(compute(*inputs), inputs, dy)
def sync():
    if device == 'cuda': torch.cuda.synchronize()
where = torch.cuda.get_device_name(0) if device == 'cuda' else f'CPU, {torch.get_num_threads()} threads'
print(json.dumps({'name': f'PyTorch {torch.__version__}, {where}'}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    try:
        names = {n: torch.rand(s, device=device) * 2 - 1 for n, s in job['shapes'].items()}
        names.update(torch=torch, F=F, gradients=gradients)
        compute = eval('lambda: ' + job['call'], names)
        for _ in range(3): compute()
        sync()
        start = time.perf_counter(); compute(); sync(); once = time.perf_counter() - start
        count = max(1, min(500, int(job['seconds'] / 5 / max(once, 1e-6))))
        times = []
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(count): compute()
            sync()
            times.append((time.perf_counter() - start) / count)
        print(json.dumps({'ms': sorted(times)[2] * 1000}), flush=True)
    except Exception as error:
        print(json.dumps({'error': str(error)[:200]}), flush=True)
`

/** PyTorch in a process of its own, which measures one call after the other. */
export class Torch {
  readonly #answers: AsyncIterator<string>
  readonly #lines: Interface
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#lines = createInterface({ input: child.stdout! })
    this.#answers = this.#lines[Symbol.asyncIterator]()
  }

  /** Starts Python; undefined where it has no PyTorch. */
  static async start(python: string): Promise<{ torch: Torch; name: string } | undefined> {
    const child = spawn(python, ['-c', SERVER], { stdio: ['pipe', 'pipe', 'ignore'] })
    child.on('error', () => {})
    child.stdin.on('error', () => {})
    const torch = new Torch(child)
    const first = await torch.#next()
    return first ? { torch, name: String(first.name) } : undefined
  }

  async measure(
    call: string,
    shapes: Readonly<Record<string, readonly number[]>>,
    seconds: number,
  ): Promise<number | undefined> {
    this.#child.stdin!.write(`${JSON.stringify({ call, shapes, seconds })}\n`)
    const answer = await this.#next()
    if (answer?.error) process.stderr.write(`PyTorch: ${answer.error}\n`)
    return answer?.ms as number | undefined
  }

  stop(): void {
    this.#lines.close()
    this.#child.stdin!.end()
  }

  async #next(): Promise<Record<string, unknown> | undefined> {
    const { value, done } = await this.#answers.next()
    return done ? undefined : JSON.parse(value)
  }
}
