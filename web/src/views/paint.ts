// Ten thousand marks and their lines on a canvas: by WebGL in two calls, or in two dimensions where there is none.
// One pixel of the screen is one of the canvas and no edge is smoothed: where software draws, that is what can be waited for.

export interface Scene {
  /** Where each mark stands, across and down. */
  points: Float32Array;
  radius: Float32Array;
  /** Its shape: 0 circle, 1 square, 2 diamond, 3 triangle. */
  marks: Uint8Array;
  /** Its colour, four bytes. */
  fills: Uint8Array;
  /** The two marks of each line. */
  ends: Uint32Array;
  strokes: Uint8Array;
}

export interface Painter {
  load(scene: Scene, width: number, height: number): void;
  dye(scene: Scene): void;
  draw(zoom: number, x: number, y: number, lines: boolean): void;
  close(): void;
}

export function painter(canvas: HTMLCanvasElement): Painter {
  const gl = canvas.getContext("webgl", { antialias: false, depth: false, stencil: false, premultipliedAlpha: false });
  return gl ? byWebgl(canvas, gl) : flat(canvas, canvas.getContext("2d") as CanvasRenderingContext2D);
}

const VERTEX = `
attribute vec2 spot; attribute vec4 dye; attribute float radius; attribute float mark;
uniform vec2 size; uniform vec3 view; varying vec4 ink; varying float shape;
void main() {
  vec2 at = (spot * view.x + view.yz) / size;
  gl_Position = vec4(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0);
  gl_PointSize = radius * 2.0; ink = dye; shape = mark;
}`;
const MARKS = `
precision mediump float; varying vec4 ink; varying float shape;
void main() {
  vec2 p = gl_PointCoord * 2.0 - 1.0;
  float away = shape < 0.5 ? length(p) : shape < 1.5 ? max(abs(p.x), abs(p.y)) * 1.15 : shape < 2.5 ? abs(p.x) + abs(p.y)
    : max(p.y * 1.15, abs(p.x) * 1.1 - p.y * 0.55 + 0.4);
  if (away > 1.0) discard;
  gl_FragColor = ink;
}`;
const LINES = `
precision mediump float; varying vec4 ink; varying float shape;
void main() { gl_FragColor = ink + shape * 0.0; }`;

function byWebgl(canvas: HTMLCanvasElement, gl: WebGLRenderingContext): Painter {
  const [marks, lines] = [program(gl, MARKS), program(gl, LINES)];
  const buffers = { spot: gl.createBuffer(), dye: gl.createBuffer(), radius: gl.createBuffer(), mark: gl.createBuffer(), ends: gl.createBuffer(), strokes: gl.createBuffer() };
  let [count, joined, width, height] = [0, 0, 1, 1];
  const fill = (buffer: WebGLBuffer | null, data: BufferSource) => { gl.bindBuffer(gl.ARRAY_BUFFER, buffer); gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW); };
  gl.enable(gl.BLEND);
  gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  function use(chosen: WebGLProgram, view: [number, number, number], spots: WebGLBuffer | null, dyes: WebGLBuffer | null): void {
    gl.useProgram(chosen);
    gl.uniform2f(gl.getUniformLocation(chosen, "size"), width, height);
    gl.uniform3f(gl.getUniformLocation(chosen, "view"), ...view);
    bind(chosen, "spot", spots, 2, gl.FLOAT);
    bind(chosen, "dye", dyes, 4, gl.UNSIGNED_BYTE);
  }

  function bind(chosen: WebGLProgram, name: string, buffer: WebGLBuffer | null, size: number, type: number): void {
    const place = gl.getAttribLocation(chosen, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, type, type === gl.UNSIGNED_BYTE && size === 4, 0, 0);
  }

  return {
    load(scene, wide, tall) {
      [canvas.width, canvas.height, width, height] = [wide, tall, wide, tall];
      [count, joined] = [scene.radius.length, scene.ends.length];
      fill(buffers.spot, scene.points as BufferSource);
      fill(buffers.radius, scene.radius as BufferSource);
      fill(buffers.mark, scene.marks as BufferSource);
      const ends = new Float32Array(2 * joined);
      scene.ends.forEach((node, at) => { ends[2 * at] = scene.points[2 * node] as number; ends[2 * at + 1] = scene.points[2 * node + 1] as number; });
      fill(buffers.ends, ends);
    },
    dye(scene) {
      fill(buffers.dye, scene.fills as BufferSource);
      const strokes = new Uint8Array(4 * scene.ends.length);
      for (let at = 0; at < scene.ends.length; at += 1) strokes.set(scene.strokes.subarray(4 * (at >> 1), 4 * (at >> 1) + 4), 4 * at);
      fill(buffers.strokes, strokes);
    },
    draw(zoom, x, y, withLines) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const all = ["radius", "mark"].map((name) => gl.getAttribLocation(lines, name)).filter((place) => place >= 0);
      if (withLines) {
        use(lines, [zoom, x, y], buffers.ends, buffers.strokes);
        for (const place of all) gl.disableVertexAttribArray(place);
        gl.drawArrays(gl.LINES, 0, joined);
      }
      use(marks, [zoom, x, y], buffers.spot, buffers.dye);
      bind(marks, "radius", buffers.radius, 1, gl.FLOAT);
      bind(marks, "mark", buffers.mark, 1, gl.UNSIGNED_BYTE);
      gl.drawArrays(gl.POINTS, 0, count);
    },
    close() { gl.getExtension("WEBGL_lose_context")?.loseContext(); },
  };
}

function program(gl: WebGLRenderingContext, fragment: string): WebGLProgram {
  const made = gl.createProgram() as WebGLProgram;
  for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type) as WebGLShader;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return made;
}

function flat(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): Painter {
  let scene: Scene | null = null;
  const style = (of: Uint8Array, at: number) => `rgba(${of[4 * at]},${of[4 * at + 1]},${of[4 * at + 2]},${(of[4 * at + 3] as number) / 255})`;
  return {
    load(next, width, height) { [canvas.width, canvas.height] = [width, height]; scene = next; },
    dye(next) { scene = next; },
    draw(zoom, x, y, lines) {
      if (!scene) return;
      const { points, radius, ends, fills, strokes } = scene;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, canvas.width, canvas.height);
      const spot = (node: number): [number, number] => [(points[2 * node] as number) * zoom + x, (points[2 * node + 1] as number) * zoom + y];
      for (let at = 0; lines && at < ends.length / 2; at += 1) {
        pen.strokeStyle = style(strokes, at);
        pen.beginPath();
        pen.moveTo(...spot(ends[2 * at] as number));
        pen.lineTo(...spot(ends[2 * at + 1] as number));
        pen.stroke();
      }
      for (let at = 0; at < radius.length; at += 1) {
        const [[left, top], half] = [spot(at), radius[at] as number];
        pen.fillStyle = style(fills, at);
        outline(pen, scene.marks[at] as number, left, top, half);
      }
    },
    close() { scene = null; },
  };
}

function outline(pen: CanvasRenderingContext2D, mark: number, x: number, y: number, half: number): void {
  if (mark === 1) { pen.fillRect(x - 0.87 * half, y - 0.87 * half, 1.74 * half, 1.74 * half); return; }
  pen.beginPath();
  if (mark === 0) pen.arc(x, y, half, 0, 7);
  else if (mark === 2) { pen.moveTo(x, y - half); pen.lineTo(x + half, y); pen.lineTo(x, y + half); pen.lineTo(x - half, y); }
  else { pen.moveTo(x, y - half); pen.lineTo(x + half, y + 0.87 * half); pen.lineTo(x - half, y + 0.87 * half); }
  pen.fill();
}
