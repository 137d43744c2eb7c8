// The sea as the exercise computes it: level or waves by colour, currents as arrows, what has fallen dry or been flooded.

import Feature from 'ol/Feature'
import { LineString, Point, Polygon } from 'ol/geom'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Style } from 'ol/style'
import type { Sea } from '../api/types'
import type { Plane } from './plane'

export type SeaLook = 'level' | 'waves' | 'current'

// Low water brown, high water purple, none at rest (PuOr, Brewer 2003); waves from pale to dark (YlGnBu). Told apart by lightness.
const LOW = ['#fdb863', '#e08214', '#b35806']
const HIGH = ['#b2abd2', '#8073ac', '#542788']
const WAVES = ['#edf8b1', '#c7e9b4', '#7fcdbb', '#41b6c4', '#2c7fb8', '#253494']
export const LEVEL_STEPS = [0.1, 0.3, 0.7] // m above or below, from which a colour is used
export const WAVE_STEPS = [0.1, 0.3, 0.6, 1.0, 1.5, 2.5] // m, significant height
const ROOM = 42 // [px] between two arrows
const LONGEST = 34 // [px]

/** The colour of a level [m] above the ordinary one; undefined: as good as ordinary. */
export function levelColour(level: number): string | undefined {
  const of = level < 0 ? LOW : HIGH
  const at = LEVEL_STEPS.filter((step) => Math.abs(level) >= step).length
  return at === 0 ? undefined : of[at - 1]
}

/** The colour of a significant wave height [m]. */
export function waveColour(height: number): string | undefined {
  const at = WAVE_STEPS.filter((step) => height >= step).length
  return at === 0 ? undefined : WAVES[at - 1]
}

export class SeaLayer {
  readonly layer: VectorLayer
  readonly #source = new VectorSource()

  constructor() {
    this.layer = new VectorLayer({ source: this.#source, updateWhileAnimating: false })
    this.layer.setVisible(false)
  }

  show(sea: Sea | undefined, look: SeaLook | undefined, plane: Plane, ink: string): void {
    this.#source.clear(true)
    this.layer.setVisible(sea !== undefined && look !== undefined)
    if (sea === undefined || look === undefined) return
    const features = look === 'current' ? arrows(sea, plane, ink) : cells(sea, look, plane)
    this.#source.addFeatures([...features, ...shores(sea, plane, ink)])
  }
}

function cells(sea: Sea, look: 'level' | 'waves', plane: Plane): Feature[] {
  const half = sea.spacing / 2
  const values = look === 'level' ? sea.level : sea.hs
  const colour = look === 'level' ? levelColour : waveColour
  const styles = new Map<string, Style>()
  const found: Feature[] = []
  values.forEach((value, i) => {
    const fill = value == null ? undefined : colour(value)
    if (fill === undefined) return
    const [x = 0, y = 0] = plane.forward([sea.longitude[i] ?? 0, sea.latitude[i] ?? 0])
    const feature = new Feature(
      new Polygon([[[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half]]]),
    )
    if (!styles.has(fill)) styles.set(fill, new Style({ fill: new Fill({ color: `${fill}99` }) }))
    feature.setStyle(styles.get(fill))
    found.push(feature)
  })
  return found
}

export const SLOWEST_ARROW = 0.01 // [m/s] what runs slower has none
export const DRIED = '#c9a46a'
export const FLOODED = '#5b8fc9'
export const fastestOf = (sea: Sea): number =>
  sea.u.reduce<number>((most, u, i) => Math.max(most, u == null ? 0 : Math.hypot(u, sea.v[i] ?? 0)), 0)

// An arrow where there is room for one: as long on the screen whatever the scale, longer where it runs faster.
function arrows(sea: Sea, plane: Plane, ink: string): Feature[] {
  const stroke = new Stroke({ color: ink, width: 1.5 })
  const fastest = Math.max(fastestOf(sea), 0.05)
  const found: Feature[] = []
  sea.u.forEach((u, i) => {
    const v = sea.v[i]
    if (u == null || v == null) return
    const speed = Math.hypot(u, v)
    if (speed < SLOWEST_ARROW) return
    const [lon, lat] = [sea.longitude[i] ?? 0, sea.latitude[i] ?? 0]
    const [x = 0, y = 0] = plane.forward([lon, lat])
    // towards: a kilometre over the ground, as the plane shows it
    const [x1 = 0, y1 = 0] = plane.forward([
      lon + (u / speed) * (1000 / (111_320 * Math.cos((lat * Math.PI) / 180))),
      lat + (v / speed) * (1000 / 111_320),
    ])
    const turn = Math.atan2(y1 - y, x1 - x)
    const [row, column] = [Math.floor(i / sea.nx), i % sea.nx]
    const feature = new Feature(new Point([x, y]))
    feature.setStyle((_, resolution) => {
      const every = Math.max(1, Math.ceil((ROOM * resolution) / sea.spacing))
      if (row % every !== 0 || column % every !== 0) return undefined
      const length = LONGEST * resolution * Math.sqrt(speed / fastest)
      const at = (along: number, side: number): [number, number] => [
        x + along * length * Math.cos(turn + side),
        y + along * length * Math.sin(turn + side),
      ]
      return new Style({ stroke, geometry: new LineString([at(0, 0), at(1, 0), at(0.75, 0.18), at(1, 0), at(0.75, -0.18)]) })
    })
    found.push(feature)
  })
  return found
}

function shores(sea: Sea, plane: Plane, ink: string): Feature[] {
  const draw = (rings: number[][][][], style: Style): Feature[] =>
    rings.map((polygon) => {
      const feature = new Feature(new Polygon(polygon.map((ring) => ring.map((at) => plane.forward(at)))))
      feature.setStyle(style)
      return feature
    })
  return [
    ...draw(sea.dried, new Style({ fill: new Fill({ color: `${DRIED}99` }), stroke: new Stroke({ color: ink, width: 1, lineDash: [2, 3] }) })),
    ...draw(sea.flooded, new Style({ fill: new Fill({ color: `${FLOODED}99` }), stroke: new Stroke({ color: ink, width: 1 }) })),
  ]
}
