// One socket per open exercise. It comes back by itself, slower each time, and begins again with a fresh view.

import type { Api } from './client'
import type { LiveMessage } from './types'

export type Connection = 'connecting' | 'live' | 'lost'

export interface LiveHandlers {
  message(message: LiveMessage): void
  frame(bytes: ArrayBuffer): void
  connection(state: Connection): void
  /** Called after the socket opened, before what it brings is handed on: fetch the view. */
  join(): Promise<void>
  /** Whether what was missing is about to be there. */
  soon(): boolean
}

const FIRST_WAIT = 500 // [ms]
const LONGEST_WAIT = 15_000 // [ms]
const SOON = 1_000 // [ms]

export function waitBefore(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt)
  return whole / 2 + (whole / 2) * chance // half of it by chance, so that fifty screens do not come back at once
}

/** Follow an exercise until the returned function is called. */
export function follow(api: Api, run: string, handlers: LiveHandlers): () => void {
  let stopped = false
  let attempt = 0
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const later = (): void => {
    if (stopped) return
    handlers.connection('lost')
    timer = setTimeout(open, handlers.soon() ? SOON : waitBefore(attempt, Math.random()))
    attempt += 1
  }

  const open = (): void => {
    handlers.connection('connecting')
    const mine = api.openSocket(api.liveAddress(run))
    socket = mine
    mine.binaryType = 'arraybuffer'
    let waiting: MessageEvent[] | undefined = [] // facts that come while the view is fetched; the view's seq tells which are new

    const take = (event: MessageEvent): void => {
      if (event.data instanceof ArrayBuffer) {
        handlers.frame(event.data)
        return
      }
      const message = JSON.parse(String(event.data)) as LiveMessage
      handlers.message(message)
      if (message.type === 'fact' && mine.readyState === WebSocket.OPEN) {
        mine.send(JSON.stringify({ type: 'ack', seq: message.seq }))
      }
    }

    mine.onmessage = (event) => {
      if (waiting !== undefined) waiting.push(event)
      else take(event)
    }
    mine.onopen = () => {
      handlers.join().then(
        () => {
          if (stopped || socket !== mine) return
          const held = waiting ?? []
          waiting = undefined
          attempt = 0
          handlers.connection('live')
          held.forEach(take)
        },
        () => mine.close(),
      )
    }
    mine.onclose = () => {
      if (socket === mine) later()
    }
  }

  open()
  return () => {
    stopped = true
    clearTimeout(timer)
    socket?.close()
  }
}
