import { describe, expect, it } from 'vitest'
import { levelColour, waveColour } from '../src/map/sea'

describe('the sea on the chart', () => {
  it('has no colour where it is as it always is, and other colours above than below', () => {
    expect(levelColour(0.05)).toBeUndefined()
    expect(levelColour(-0.05)).toBeUndefined()
    expect(levelColour(0.5)).not.toBe(levelColour(-0.5))
    expect(levelColour(0.5)).not.toBe(levelColour(0.9))
    expect(levelColour(3)).toBe(levelColour(0.9))
  })
  it('shows higher waves darker', () => {
    const light = (colour: string): number => [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0)
    const colours = [0.2, 0.5, 0.8, 1.2, 2, 3].map((height) => waveColour(height) ?? '')
    const lightness = colours.map(light)
    expect([...lightness].sort((a, b) => b - a)).toEqual(lightness)
    expect(waveColour(0.05)).toBeUndefined()
  })
})
