/** Live events over one WebSocket that comes back by itself. */

export interface LiveEvent {
  id: number | null
  type: string
  at: string
  data: Record<string, unknown>
}

export type LiveState = 'connecting' | 'live' | 'reconnecting'

export interface LiveListener {
  onState(state: LiveState): void
  /** The line is up: everything before this moment may have been missed. */
  onReady(): void
  onEvent(event: LiveEvent): void
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 10_000

/** Wait twice as long after each failure, so that a restarting server is not flooded. */
export function retryDelayMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS)
}

export function liveUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/api/v1/live`
}

/** Open the line and keep it open. Returns the function that closes it for good. */
export function connectLive(key: string, listener: LiveListener, origin: string = location.origin): () => void {
  let failures = 0
  let closed = false
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const open = () => {
    socket = new WebSocket(liveUrl(origin))
    socket.onopen = () => socket?.send(JSON.stringify({ type: 'auth', key }))
    socket.onmessage = (message) => receive(JSON.parse(String(message.data)) as LiveEvent)
    socket.onclose = retry
  }
  const receive = (event: LiveEvent) => {
    if (event.type !== 'ready') return listener.onEvent(event)
    failures = 0
    listener.onState('live')
    listener.onReady()
  }
  const retry = () => {
    if (closed) return
    listener.onState('reconnecting')
    timer = setTimeout(open, retryDelayMs(failures++))
  }

  listener.onState('connecting')
  open()
  return () => {
    closed = true
    clearTimeout(timer)
    socket?.close()
  }
}
