// Colours of the chart, light and dark. Oil goes from pale to dark (light) or dark to bright (dark) in an order that
// readers who do not tell red from green see by lightness alone.

export interface Palette {
  water: string
  land: string
  shore: string
  grid: string
  label: string
  halo: string
  oil: readonly [string, string, string, string, string, string] // by code of appearance, 0 none
  ashore: string
  below: string
  place: string
  sighting: string
  sprayed: string
  burned: string
  boom: string
  task: string
  route: string
  parties: readonly string[] // by order of the delegations
}

export const PALETTES: Record<'light' | 'dark', Palette> = {
  light: {
    water: '#dde6eb',
    land: '#f4f1ea',
    shore: '#97a2a8',
    grid: 'rgba(70, 90, 105, 0.16)',
    label: '#22303a',
    halo: 'rgba(255, 255, 255, 0.85)',
    oil: ['#b9aecb', '#f0b64b', '#e2833c', '#c2483f', '#842a5c', '#2c1145'],
    ashore: '#111111',
    below: '#6f8fa6',
    place: '#1d6b58',
    sighting: '#842a5c',
    sprayed: '#00567f',
    burned: '#a83a00',
    boom: '#b3261e',
    task: '#1f5f8b',
    route: '#1f5f8b',
    parties: ['#1f5f8b', '#6a4a9c', '#7a5a12', '#3c6b2f'],
  },
  dark: {
    water: '#131c23',
    land: '#252a2d',
    shore: '#566068',
    grid: 'rgba(170, 190, 205, 0.13)',
    label: '#dbe3e9',
    halo: 'rgba(15, 20, 24, 0.85)',
    oil: ['#5d5872', '#7d5cae', '#b64f94', '#e3675f', '#f5a24b', '#fbf0a6'],
    ashore: '#ffffff',
    below: '#4d6f88',
    place: '#5bbfa4',
    sighting: '#f5a24b',
    sprayed: '#8fd3f7',
    burned: '#ff9a52',
    boom: '#ff7a70',
    task: '#7ab8e6',
    route: '#7ab8e6',
    parties: ['#7ab8e6', '#b99ae8', '#d9b45c', '#93c982'],
  },
}

export function rgb(colour: string): [number, number, number] {
  const n = Number.parseInt(colour.slice(1), 16)
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}
