import { type ChildProcess, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { root } from '../../conformance/base/root.ts'

const SERVER = `
import json, sys, time
import numpy as np, torch, torch.nn.functional as F
try:
    import flwr
    from flower_rounds import reply
    from flwr.serverapp.strategy import FedAvg
except ImportError:
    flwr = None
device = 'cuda' if torch.cuda.is_available() else 'cpu'
def gradients(compute, inputs, dy):
    inputs = [t.detach().requires_grad_() for t in inputs]
    return torch.autograd.grad(compute(*inputs), inputs, dy)
def log_softmax(x):
    x = x - x.max(1, keepdims=True)
    return x - np.log(np.exp(x).sum(1, keepdims=True))
def filled(shape, whole, library):
    x = torch.randint(-128, 128, shape, dtype=torch.int8) if whole else torch.rand(shape) * 2 - 1
    return x.to(device) if library == 'torch' else x.numpy()
def sync():
    if device == 'cuda': torch.cuda.synchronize()
where = torch.cuda.get_device_name(0) if device == 'cuda' else f'CPU, {torch.get_num_threads()} threads'
flower = f'; Flower {flwr.__version__}' if flwr else ''
print(json.dumps({'gpu': device == 'cuda', 'name': f'PyTorch {torch.__version__}, {where}; NumPy {np.__version__}{flower}'}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    try:
        names = {n: filled(s, job['whole'], job['library']) for n, s in job['shapes'].items()}
        names.update(np=np, torch=torch, F=F, gradients=gradients, log_softmax=log_softmax)
        if job['library'] == 'flower':
            if not flwr: raise ImportError('it is not installed')
            models = enumerate(zip(names['w'], names['b']))
            names.update(FedAvg=FedAvg, replies=[reply(m, list(model), m + 1) for m, model in models])
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = job['tf32']
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

/** A call to be measured: an expression of PyTorch, NumPy or Flower on arrays that are filled at random. */
interface Job {
  readonly library: 'torch' | 'numpy' | 'flower'
  readonly call: string
  /** Whether the arrays hold whole numbers of eight bits. */
  readonly whole: boolean
  readonly shapes: Readonly<Record<string, readonly number[]>>
  readonly seconds: number
  /** Whether a GPU may round factors to TF32. */
  readonly tf32: boolean
}

export interface Started {
  readonly python: Python
  readonly name: string
  /** Whether PyTorch computes on a GPU. */
  readonly gpu: boolean
}

/** PyTorch, NumPy, and Flower where it is there, in a process of their own, which measures one call after the other. */
export class Python {
  readonly #answers: AsyncIterator<string>
  readonly #lines: Interface
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
    this.#lines = createInterface({ input: child.stdout! })
    this.#answers = this.#lines[Symbol.asyncIterator]()
  }

  /** Starts Python; undefined where it has not both. */
  static async start(command: string): Promise<Started | undefined> {
    const libraries = join(root, 'conformance/adapters/libraries')
    const others = process.env.PYTHONPATH ? delimiter + process.env.PYTHONPATH : ''
    const env = { ...process.env, PYTHONPATH: libraries + others, PYTHONDONTWRITEBYTECODE: '1' }
    const child = spawn(command, ['-c', SERVER], { env, stdio: ['pipe', 'pipe', 'ignore'] })
    child.on('error', () => {})
    child.stdin.on('error', () => {})
    const python = new Python(child)
    const first = await python.#next()
    return first ? { python, name: String(first.name), gpu: first.gpu === true } : undefined
  }

  async measure(job: Job): Promise<number | undefined> {
    this.#child.stdin!.write(`${JSON.stringify(job)}\n`)
    const answer = await this.#next()
    if (answer?.error) process.stderr.write(`${job.library}: ${answer.error}\n`)
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
