// The oil: many points, a new set each second. One small WebGL2 layer of our own; a plain canvas where there is no WebGL2.

import type { FrameState } from 'ol/Map'
import Layer from 'ol/layer/Layer'
import { Status, type Frame } from '../api/frame'
import type { Palette } from './palette'
import { rgb } from './palette'
import type { Plane } from './plane'

const VERTEX = `#version 300 es
in vec2 at;
in vec2 what;
uniform vec3 row0;
uniform vec3 row1;
uniform vec2 screen;
uniform float size;
uniform vec3 oil[6];
uniform vec3 ashore;
uniform vec3 below;
out vec4 colour;
flat out float square;
void main() {
  vec2 pixel = vec2(dot(row0, vec3(at, 1.0)), dot(row1, vec3(at, 1.0)));
  gl_Position = vec4(pixel.x / screen.x * 2.0 - 1.0, 1.0 - pixel.y / screen.y * 2.0, 0.0, 1.0);
  int status = int(what.x + 0.5);
  int code = clamp(int(what.y + 0.5), 0, 5);
  square = status == 5 ? 1.0 : 0.0;
  gl_PointSize = size * (status == 5 ? 1.15 : 1.0);
  if (status == 5) colour = vec4(ashore, 1.0);
  else if (status == 3 || status == 4) colour = vec4(below, 0.45);
  else if (status > 6) { colour = vec4(0.0); gl_Position = vec4(2.0, 2.0, 0.0, 1.0); }
  else colour = vec4(oil[code], 0.85);
}`

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
flat in float square;
out vec4 shown;
void main() {
  vec2 off = gl_PointCoord - 0.5;
  if (square < 0.5 && dot(off, off) > 0.25) discard;
  shown = vec4(colour.rgb * colour.a, colour.a);
}`

/** Positions [m] on the plane, and (status, code) of each point, as the card takes them. */
export function place(frame: Frame, plane: Pick<Plane, 'forward'>): { at: Float32Array; what: Uint8Array } {
  const at = new Float32Array(frame.count * 2)
  const what = new Uint8Array(frame.count * 2)
  const width = (frame.east - frame.west) / 65535
  const height = (frame.north - frame.south) / 65535
  for (let i = 0; i < frame.count; i += 1) {
    const [x, y] = plane.forward([frame.west + (frame.x[i] ?? 0) * width, frame.south + (frame.y[i] ?? 0) * height])
    at[2 * i] = x ?? 0
    at[2 * i + 1] = y ?? 0
    what[2 * i] = frame.status[i] ?? 0
    what[2 * i + 1] = frame.code[i] ?? 0
  }
  return { at, what }
}

interface Painter {
  load(at: Float32Array, what: Uint8Array): void
  paint(matrix: readonly number[], ratio: number, palette: Palette): void
}

export class OilLayer extends Layer {
  #canvas = document.createElement('canvas')
  #painter: Painter
  #palette: Palette

  constructor(palette: Palette) {
    super({})
    this.#palette = palette
    this.#canvas.className = 'oil-canvas' // not OpenLayers' own name: its layers must not draw into this one
    this.#canvas.style.position = 'absolute'
    this.#canvas.style.left = '0'
    this.#canvas.style.top = '0'
    this.#painter = webgl(this.#canvas) ?? plain(this.#canvas)
  }

  setPalette(palette: Palette): void {
    this.#palette = palette
    this.changed()
  }

  load(frame: Frame | undefined, plane: Plane): void {
    const { at, what } = frame ? place(frame, plane) : { at: new Float32Array(), what: new Uint8Array() }
    this.#painter.load(at, what)
    this.changed()
  }

  override render(state: FrameState): HTMLElement {
    const [width = 0, height = 0] = state.size
    const ratio = state.pixelRatio
    const canvas = this.#canvas
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      canvas.style.width = `${width}px`
      canvas.style.height = `${height}px`
    }
    this.#painter.paint(state.coordinateToPixelTransform, ratio, this.#palette)
    return canvas
  }

  override getSourceState(): 'ready' {
    return 'ready'
  }
}

const pointSize = (ratio: number): number => 3.4 * ratio

function webgl(canvas: HTMLCanvasElement): Painter | undefined {
  const gl = canvas.getContext('webgl2', { premultipliedAlpha: true, antialias: false, preserveDrawingBuffer: true })
  if (gl === null) return undefined
  const program = gl.createProgram()
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)
    if (shader === null) return undefined
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`the oil layer's shaders do not link: ${gl.getProgramInfoLog(program) ?? ''}`)
  }
  const where = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name)
  const uniform = Object.fromEntries(
    ['row0', 'row1', 'screen', 'size', 'oil', 'ashore', 'below'].map((name) => [name, where(name)]),
  )
  const positions = gl.createBuffer()
  const kinds = gl.createBuffer()
  const array = gl.createVertexArray()
  gl.bindVertexArray(array)
  const attribute = (name: string, buffer: WebGLBuffer, type: number): void => {
    const index = gl.getAttribLocation(program, name)
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.enableVertexAttribArray(index)
    gl.vertexAttribPointer(index, 2, type, false, 0, 0)
  }
  attribute('at', positions, gl.FLOAT)
  attribute('what', kinds, gl.UNSIGNED_BYTE)
  let count = 0
  return {
    load(at, what) {
      gl.bindBuffer(gl.ARRAY_BUFFER, positions)
      gl.bufferData(gl.ARRAY_BUFFER, at, gl.DYNAMIC_DRAW)
      gl.bindBuffer(gl.ARRAY_BUFFER, kinds)
      gl.bufferData(gl.ARRAY_BUFFER, what, gl.DYNAMIC_DRAW)
      count = at.length / 2
    },
    paint(m, ratio, palette) {
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.clearColor(0, 0, 0, 0)
      gl.clear(gl.COLOR_BUFFER_BIT)
      if (count === 0) return
      gl.enable(gl.BLEND)
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
      gl.useProgram(program)
      gl.bindVertexArray(array)
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
      gl.uniform3f(uniform['row0'] ?? null, a * ratio, c * ratio, e * ratio)
      gl.uniform3f(uniform['row1'] ?? null, b * ratio, d * ratio, f * ratio)
      gl.uniform2f(uniform['screen'] ?? null, canvas.width, canvas.height)
      gl.uniform1f(uniform['size'] ?? null, pointSize(ratio))
      gl.uniform3fv(uniform['oil'] ?? null, palette.oil.flatMap(rgb))
      gl.uniform3fv(uniform['ashore'] ?? null, rgb(palette.ashore))
      gl.uniform3fv(uniform['below'] ?? null, rgb(palette.below))
      gl.drawArrays(gl.POINTS, 0, count)
    },
  }
}

function plain(canvas: HTMLCanvasElement): Painter {
  let at = new Float32Array()
  let what = new Uint8Array()
  return {
    load(positions, kinds) {
      at = positions as Float32Array<ArrayBuffer>
      what = kinds as Uint8Array<ArrayBuffer>
    },
    paint(m, ratio, palette) {
      const context = canvas.getContext('2d')
      if (context === null) return
      context.clearRect(0, 0, canvas.width, canvas.height)
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
      const size = pointSize(ratio)
      for (let i = 0; i < at.length; i += 2) {
        const status = what[i] ?? 0
        if (status > 6) continue
        const x = at[i] ?? 0
        const y = at[i + 1] ?? 0
        context.fillStyle =
          status === Status.ashore
            ? palette.ashore
            : status === Status.submerged || status === Status.onBed
              ? palette.below
              : (palette.oil[what[i + 1] ?? 0] ?? palette.oil[0])
        context.fillRect((a * x + c * y + e) * ratio - size / 2, (b * x + d * y + f) * ratio - size / 2, size, size)
      }
    },
  }
}
