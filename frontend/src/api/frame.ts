// Binary frames of the live socket and of replay, little endian: "KHZ1", uint32 step, float64 time, float32 west, south,
// east, north, uint32 n, then n times (uint16 x, uint16 y, uint8 status, uint8 class). x and y span the box.

export interface Frame {
  step: number
  time: number // [s] since the start
  west: number
  south: number
  east: number
  north: number
  count: number
  x: Uint16Array
  y: Uint16Array
  status: Uint8Array // as in Status
  code: Uint8Array // of appearance, 0 (none) to 5
}

export const Status = {
  afloat: 0,
  boomed: 1,
  overwashed: 2,
  submerged: 3,
  onBed: 4,
  ashore: 5,
  inIce: 6,
} as const

const HEADER = 36
const RECORD = 6

export class BadFrame extends Error {}

export function decode(bytes: ArrayBuffer): Frame {
  if (bytes.byteLength < HEADER) throw new BadFrame(`frame has ${bytes.byteLength} bytes; expected at least ${HEADER}`)
  const view = new DataView(bytes)
  const magic = String.fromCharCode(view.getUint8(0), view.getUint8(1), view.getUint8(2), view.getUint8(3))
  if (magic !== 'KHZ1') throw new BadFrame(`frame begins with ${JSON.stringify(magic)}; expected "KHZ1"`)
  const count = view.getUint32(32, true)
  const expected = HEADER + count * RECORD
  if (bytes.byteLength !== expected) {
    throw new BadFrame(`frame of ${count} points has ${bytes.byteLength} bytes; expected ${expected}`)
  }
  const x = new Uint16Array(count)
  const y = new Uint16Array(count)
  const status = new Uint8Array(count)
  const code = new Uint8Array(count)
  for (let i = 0, at = HEADER; i < count; i += 1, at += RECORD) {
    x[i] = view.getUint16(at, true)
    y[i] = view.getUint16(at + 2, true)
    status[i] = view.getUint8(at + 4)
    code[i] = view.getUint8(at + 5)
  }
  return {
    step: view.getUint32(4, true),
    time: view.getFloat64(8, true),
    west: view.getFloat32(16, true),
    south: view.getFloat32(20, true),
    east: view.getFloat32(24, true),
    north: view.getFloat32(28, true),
    count,
    x,
    y,
    status,
    code,
  }
}

/** The other way round, for tests. */
export function encode(frame: Frame): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER + frame.count * RECORD)
  const view = new DataView(bytes)
  ;[...'KHZ1'].forEach((letter, i) => view.setUint8(i, letter.charCodeAt(0)))
  view.setUint32(4, frame.step, true)
  view.setFloat64(8, frame.time, true)
  ;[frame.west, frame.south, frame.east, frame.north].forEach((edge, i) => view.setFloat32(16 + 4 * i, edge, true))
  view.setUint32(32, frame.count, true)
  for (let i = 0, at = HEADER; i < frame.count; i += 1, at += RECORD) {
    view.setUint16(at, frame.x[i] ?? 0, true)
    view.setUint16(at + 2, frame.y[i] ?? 0, true)
    view.setUint8(at + 4, frame.status[i] ?? 0)
    view.setUint8(at + 5, frame.code[i] ?? 0)
  }
  return bytes
}

export interface Tally {
  byCode: number[] // points on the water, by code 0-5
  below: number
  ashore: number
}

/** Counts of a frame's points, for the table beside the map. */
export function tally(frame: Frame): Tally {
  const byCode = [0, 0, 0, 0, 0, 0]
  let below = 0
  let ashore = 0
  for (let i = 0; i < frame.count; i += 1) {
    const status = frame.status[i]
    if (status === Status.ashore) ashore += 1
    else if (status === Status.submerged || status === Status.onBed) below += 1
    else {
      const code = Math.min(frame.code[i] ?? 0, 5)
      byCode[code] = (byCode[code] ?? 0) + 1
    }
  }
  return { byCode, below, ashore }
}
