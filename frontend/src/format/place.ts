// Coordinates as mariners write them: 45-30.5N 049-12.0E.

import type { Position } from '../api/types'

function angle(degrees: number, width: number, letters: [string, string]): string {
  const letter = degrees < 0 ? letters[1] : letters[0]
  const tenths = Math.round(Math.abs(degrees) * 600)
  const whole = Math.floor(tenths / 600)
  const minutes = (tenths - whole * 600) / 10
  return `${String(whole).padStart(width, '0')}-${minutes.toFixed(1).padStart(4, '0')}${letter}`
}

export const latitude = (degrees: number): string => angle(degrees, 2, ['N', 'S'])
export const longitude = (degrees: number): string => angle(degrees, 3, ['E', 'W'])

export function coordinates([east, north]: Position): string {
  return `${latitude(north)} ${longitude(east)}`
}

export function decimal([east, north]: Position): string {
  return `${north.toFixed(5)}, ${east.toFixed(5)}`
}

const MARINER = /^(\d{1,2})-(\d{1,2}(?:[.,]\d+)?)\s*([NS])[\s,;]+(\d{1,3})-(\d{1,2}(?:[.,]\d+)?)\s*([EW])$/i
const DECIMAL = /^(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/

/** A position from "45-30.5N 049-12.0E" or "45.508, 49.2" (latitude first); undefined where it is neither. */
export function parsePosition(text: string): Position | undefined {
  const clean = text.trim()
  const mariner = MARINER.exec(clean)
  if (mariner) {
    const part = (whole?: string, minutes?: string): number =>
      Number(whole) + Number((minutes ?? '').replace(',', '.')) / 60
    if (Number((mariner[2] ?? '').replace(',', '.')) >= 60 || Number((mariner[5] ?? '').replace(',', '.')) >= 60) {
      return undefined
    }
    const north = part(mariner[1], mariner[2]) * (mariner[3]?.toUpperCase() === 'S' ? -1 : 1)
    const east = part(mariner[4], mariner[5]) * (mariner[6]?.toUpperCase() === 'W' ? -1 : 1)
    return within([east, north])
  }
  const plain = DECIMAL.exec(clean)
  return plain ? within([Number(plain[2]), Number(plain[1])]) : undefined
}

function within(position: Position): Position | undefined {
  return Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90 ? position : undefined
}

/** One position per line; the number (from 1) of the first line that is none. */
export function parsePositions(text: string): Position[] | { line: number } {
  const found: Position[] = []
  const lines = text.split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const position = parsePosition(line)
    if (position === undefined) return { line: i + 1 }
    found.push(position)
  }
  return found
}
