// @ts-check
/**
 * The camera of the embedding map: from a point of the projection to a pixel.
 */

/**
 * @typedef {object} Camera
 * @property {number} yaw radians around the vertical axis
 * @property {number} pitch radians around the horizontal axis
 * @property {number} zoom 1 fits all points
 * @property {number} panX pixels
 * @property {number} panY pixels
 */

/** @typedef {{x: number, y: number, z?: number}} Vector */

/** @typedef {{x: number, y: number, depth: number}} OnScreen depth from -1 (far) to 1 (near) */

/** @param {boolean} spatial @returns {Camera} */
export function initialCamera(spatial) {
  return { yaw: spatial ? 0.6 : 0, pitch: spatial ? 0.35 : 0, zoom: 1, panX: 0, panY: 0 };
}

/**
 * @typedef {object} Bounds
 * @property {{x: number, y: number, z: number}} center
 * @property {number} radius
 * @property {{x: number, y: number}} [half] of the box around a flat cloud, in radii
 */

/**
 * The box of a flat cloud, or the ball of one in space; both leave out the farthest 1 % of the points.
 *
 * @param {Vector[]} points
 * @returns {Bounds}
 */
export function extent(points) {
  const n = points.length;
  if (n > 0 && points[0]?.z === undefined) {
    const [x, y] = [side(points.map((p) => p.x)), side(points.map((p) => p.y))];
    const radius = Math.max(x.half, y.half) || 1;
    return { center: { x: x.center, y: y.center, z: 0 }, radius, half: { x: x.half / radius, y: y.half / radius } };
  }
  return ball(points);
}

/** The middle and half the length of the range of values. @param {number[]} values */
function side(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const far = Math.floor((sorted.length - 1) * 0.005);
  const [low = 0, high = 0] = [sorted[far], sorted[sorted.length - 1 - far]];
  return { center: (low + high) / 2, half: (high - low) / 2 };
}

/** @param {Vector[]} points @returns {Bounds} */
function ball(points) {
  const n = Math.max(1, points.length);
  const center = { x: 0, y: 0, z: 0 };
  for (const p of points) {
    center.x += p.x / n;
    center.y += p.y / n;
    center.z += (p.z ?? 0) / n;
  }
  const distances = points
    .map((p) => Math.hypot(p.x - center.x, p.y - center.y, (p.z ?? 0) - center.z))
    .sort((a, b) => a - b);
  const radius = distances[Math.floor((distances.length - 1) * 0.99)] || 1;
  return { center, radius };
}

/**
 * A function from points to pixels of a canvas.
 *
 * @param {Camera} camera
 * @param {Bounds} bounds
 * @param {number} width
 * @param {number} height
 * @returns {(point: Vector) => OnScreen}
 */
export function projector(camera, bounds, width, height) {
  const { center, radius, half = { x: 1, y: 1 } } = bounds;
  const fit = Math.min(width / Math.max(0.05, half.x), height / Math.max(0.05, half.y));
  const scale = (fit / 2) * 0.88 * camera.zoom;
  const [cy, sy] = [Math.cos(camera.yaw), Math.sin(camera.yaw)];
  const [cp, sp] = [Math.cos(camera.pitch), Math.sin(camera.pitch)];
  return (point) => {
    const x = (point.x - center.x) / radius;
    const y = (point.y - center.y) / radius;
    const z = ((point.z ?? 0) - (point.z === undefined ? 0 : center.z)) / radius;
    const rx = x * cy + z * sy;
    const rz = z * cy - x * sy;
    const ry = y * cp - rz * sp;
    const depth = rz * cp + y * sp;
    const perspective = point.z === undefined ? 1 : 3 / (3 - Math.max(-1.5, Math.min(1.5, depth)));
    return {
      x: width / 2 + camera.panX + rx * scale * perspective,
      y: height / 2 + camera.panY - ry * scale * perspective,
      depth,
    };
  };
}

/**
 * Zooms while the pixel under the pointer keeps its place.
 *
 * @param {Camera} camera
 * @param {number} by
 * @param {number} x pixels from the canvas' left
 * @param {number} y pixels from the canvas' top
 * @param {number} width
 * @param {number} height
 * @returns {Camera}
 */
export function zoomAt(camera, by, x, y, width, height) {
  const zoom = Math.max(0.4, Math.min(40, camera.zoom * by));
  const factor = zoom / camera.zoom;
  const dx = x - width / 2;
  const dy = y - height / 2;
  return {
    ...camera,
    zoom,
    panX: dx - (dx - camera.panX) * factor,
    panY: dy - (dy - camera.panY) * factor,
  };
}
