import { describe, expect, it } from 'vitest'
import { BadFrame, decode, encode, tally, type Frame } from '../src/api/frame'

const frame: Frame = {
  step: 522,
  time: 31_320,
  west: 46.5,
  south: 43.75,
  east: 51.5,
  north: 47,
  count: 4,
  x: Uint16Array.of(0, 65535, 32768, 7),
  y: Uint16Array.of(65535, 0, 1, 9),
  status: Uint8Array.of(0, 5, 3, 1),
  code: Uint8Array.of(5, 2, 0, 1),
}

describe('binary frames', () => {
  it('come back as they went', () => expect(decode(encode(frame))).toEqual(frame))

  it('are read as the service writes them: little endian, 36 bytes of header, 6 a point', () => {
    // struct.pack("<4sIdffffI", b"KHZ1", 2, 120.0, 1.0, 2.0, 3.0, 4.0, 1) + struct.pack("<HHBB", 1, 258, 5, 4)
    const hex = '4b485a31020000000000000000005e400000803f0000004000004040000080400100000001000201' + '0504'
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    const read = decode(bytes.buffer)
    expect([read.step, read.time, read.west, read.north, read.count]).toEqual([2, 120, 1, 4, 1])
    expect([read.x[0], read.y[0], read.status[0], read.code[0]]).toEqual([1, 258, 5, 4])
  })

  it('are refused when cut, too long or of another kind', () => {
    const whole = encode(frame)
    expect(() => decode(whole.slice(0, -1))).toThrow(BadFrame)
    expect(() => decode(whole.slice(0, 10))).toThrow(BadFrame)
    const other = whole.slice(0)
    new Uint8Array(other)[3] = 50
    expect(() => decode(other)).toThrow(/expected "KHZ1"/)
  })

  it('are counted by appearance, with shore and depth apart', () => {
    expect(tally(frame)).toEqual({ byCode: [0, 1, 0, 0, 0, 1], below: 1, ashore: 1 })
  })
})
