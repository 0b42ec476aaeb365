/** What was started and has to end with this program. */
interface Started {
  kill(): void
}

const running = new Set<Started>()
let watching = false

/** Sees to it that something ends with this program, however that ends, until it is told to leave it. */
export function endingWithProgram(started: Started): () => void {
  running.add(started)
  watchSignals()
  return () => running.delete(started)
}

function watchSignals(): void {
  if (watching) return
  watching = true
  const killAll = () => {
    for (const one of running) one.kill()
  }
  process.on('exit', killAll)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Before others, which may listen once only: as long as one does, it decides what happens, and ends
    // through `exit`. At the next signal nobody may be left.
    process.prependListener(signal, function ended() {
      if (process.listenerCount(signal) > 1) return
      process.off(signal, ended)
      killAll()
      process.kill(process.pid, signal)
    })
  }
}
