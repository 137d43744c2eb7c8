// The sea as the exercise computes it: level or waves by colour, currents as arrows, what has fallen dry or been flooded.

import Feature from 'ol/Feature'
import { LineString, Polygon } from 'ol/geom'
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
const ARROWS = 22 // along the longer side

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

function arrows(sea: Sea, plane: Plane, ink: string): Feature[] {
  const every = Math.max(1, Math.ceil(Math.max(sea.nx, sea.ny) / ARROWS))
  const style = new Style({ stroke: new Stroke({ color: ink, width: 1.5 }) })
  const fastest = sea.u.reduce<number>((most, u, i) => Math.max(most, u == null ? 0 : Math.hypot(u, sea.v[i] ?? 0)), 0.05)
  const longest = sea.spacing * every * 0.9
  const found: Feature[] = []
  for (let row = Math.floor(every / 2); row < sea.ny; row += every) {
    for (let column = Math.floor(every / 2); column < sea.nx; column += every) {
      const i = row * sea.nx + column
      const [u, v] = [sea.u[i], sea.v[i]]
      if (u == null || v == null) continue
      const speed = Math.hypot(u, v)
      if (speed < 0.01) continue
      const at: [number, number] = [sea.longitude[i] ?? 0, sea.latitude[i] ?? 0]
      const [x = 0, y = 0] = plane.forward(at)
      // towards: a little step over the ground, as the plane shows it
      const metres = 1000 / speed
      const [x1 = 0, y1 = 0] = plane.forward([
        at[0] + (u * metres) / (111_320 * Math.cos((at[1] * Math.PI) / 180)),
        at[1] + (v * metres) / 111_320,
      ])
      const turn = Math.atan2(y1 - y, x1 - x)
      const length = longest * Math.sqrt(speed / fastest)
      const tip: [number, number] = [x + length * Math.cos(turn), y + length * Math.sin(turn)]
      const barb = (side: number): [number, number] => [
        tip[0] - 0.3 * length * Math.cos(turn + side),
        tip[1] - 0.3 * length * Math.sin(turn + side),
      ]
      const feature = new Feature(new LineString([[x, y], tip, barb(0.45), tip, barb(-0.45)]))
      feature.setStyle(style)
      found.push(feature)
    }
  }
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
    ...draw(sea.dried, new Style({ fill: new Fill({ color: '#c9a46a99' }), stroke: new Stroke({ color: ink, width: 1, lineDash: [2, 3] }) })),
    ...draw(sea.flooded, new Style({ fill: new Fill({ color: '#5b8fc999' }), stroke: new Stroke({ color: ink, width: 1 }) })),
  ]
}
