import { describe, expect, it } from 'vitest'
import { place } from '../src/map/points'
import { planeAround } from '../src/map/plane'

describe('the plane of a chart', () => {
  it.each([[[49, 45]], [[20, 89]], [[179.5, -60]]] as [[number, number]][])('around %s goes both ways', (centre) => {
    const plane = planeAround(centre)
    for (const [east, north] of [[0, 0], [2, 0.7], [-3, -1.5]] as const) {
      const there = plane.inverse(plane.forward([centre[0] + east, Math.min(89.9, centre[1] + north)]))
      const turn = (((there[0] ?? 0) - centre[0] - east + 540) % 360) - 180
      expect(Math.abs(turn)).toBeLessThan(1e-9)
      expect(there[1]).toBeCloseTo(Math.min(89.9, centre[1] + north), 9)
    }
  })
  it('has true lengths at its centre', () => {
    const [, y = 0] = planeAround([49, 45]).forward([49, 45 + 1 / 60])
    expect(y).toBeCloseTo((6_371_008.8 * Math.PI) / 180 / 60, 1) // a minute of arc
  })
  it('takes the corners of a frame to its corners', () => {
    const frame = { step: 0, time: 0, west: 48, south: 44, east: 50, north: 46, count: 2, x: Uint16Array.of(0, 65535), y: Uint16Array.of(0, 65535), status: Uint8Array.of(0, 5), code: Uint8Array.of(1, 2) }
    const { at, what } = place(frame, { forward: (lonLat) => lonLat })
    expect([...at]).toEqual([48, 44, 50, 46])
    expect([...what]).toEqual([0, 1, 5, 2])
  })
})
