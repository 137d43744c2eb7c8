// Times as the exercise shows them. Nothing here reads the clock.

const two = (n: number): string => String(n).padStart(2, '0')

/** T+hh:mm of a time since the start [s]; hours run past 99. */
export function exerciseTime(seconds: number): string {
  const sign = seconds < 0 ? '-' : '+'
  const minutes = Math.floor(Math.abs(seconds) / 60 + 1e-9)
  return `T${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** The moment of a time since the start [s]. */
export function moment(start: string, seconds: number): Date {
  return new Date(Date.parse(start) + seconds * 1000)
}

/** 04:15Z */
export function utcClock(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}Z`
}

/** 2026-09-14 */
export function utcDate(at: Date): string {
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
}

/** hh:mm in a zone of the IANA list; undefined where the browser does not know it. */
export function localClock(at: Date, zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
      at,
    )
  } catch {
    return undefined
  }
}

/** Step of "T+hh:mm", "hh:mm" or a number of steps after "#"; undefined where it is none of them. */
export function parseStep(text: string, dt: number): number | undefined {
  const clean = text.trim()
  const steps = /^#(\d+)$/.exec(clean)
  if (steps) return Number(steps[1])
  const clock = /^(?:T\+)?(\d{1,4}):([0-5]\d)$/i.exec(clean)
  if (!clock) return undefined
  return Math.round((Number(clock[1]) * 3600 + Number(clock[2]) * 60) / dt)
}
