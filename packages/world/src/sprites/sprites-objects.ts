import { dome, ellipse, front, line, polygon, rectangle, ring } from "./shape.js";
import type { Sprite } from "./sprite.js";

/** Furniture, containers, things and signs. */
export const objectSprites = {
  star: {
    portable: true,
    parts: [
      polygon(
        "body",
        ...[0.5, 0.0, 0.62, 0.36, 1.0, 0.36, 0.69, 0.59, 0.81, 0.96],
        ...[0.5, 0.73, 0.19, 0.96, 0.31, 0.59, 0.0, 0.36, 0.38, 0.36],
      ),
      ellipse("lavender", 0.5, 0.53, 0.17, 0.17),
    ],
  },
  heart: {
    portable: true,
    parts: [
      ellipse("body", 0.27, 0.3, 0.26, 0.25),
      ellipse("body", 0.73, 0.3, 0.26, 0.25),
      polygon("body", 0.03, 0.4, 0.2, 0.24, 0.8, 0.24, 0.97, 0.4, 0.5, 0.97),
      polygon("salmon", 0.24, 0.42, 0.38, 0.3, 0.5, 0.38, 0.62, 0.3, 0.76, 0.42, 0.5, 0.72),
    ],
  },
  moon: {
    portable: false,
    parts: [crescent(), ellipse("navy", 0.33, 0.36, 0.1, 0.1), ellipse("navy", 0.38, 0.68, 0.08, 0.08)],
  },
  ball: {
    portable: true,
    parts: [
      ellipse("body", 0.5, 0.5, 0.46, 0.46),
      rectangle("teal", 0.05, 0.41, 0.9, 0.18),
      line("dark", 0.05, 0.43, 0.95, 0.43, 0.035),
      line("dark", 0.05, 0.57, 0.95, 0.57, 0.035),
    ],
  },
  box: {
    portable: true,
    opening: { x: 0.5, y: 0.36, width: 0.8 },
    parts: [
      polygon("dark", 0.08, 0.38, 0.24, 0.2, 0.76, 0.2, 0.92, 0.38),
      polygon("body", 0.08, 0.36, 0.24, 0.2, 0.12, 0.12, 0.0, 0.26),
      polygon("body", 0.92, 0.36, 0.76, 0.2, 0.88, 0.12, 1.0, 0.26),
      front(rectangle("body", 0.08, 0.36, 0.84, 0.6)),
      front(rectangle("shade", 0.08, 0.36, 0.84, 0.07)),
      front(rectangle("gold", 0.4, 0.36, 0.2, 0.6)),
    ],
  },
  cup: {
    portable: true,
    opening: { x: 0.37, y: 0.2, width: 0.66 },
    parts: [
      front(ring("lavender", 0.74, 0.52, 0.25, 0.26, 0.6)),
      ellipse("wood", 0.37, 0.18, 0.36, 0.11),
      front(polygon("body", 0.01, 0.2, 0.73, 0.2, 0.66, 0.94, 0.08, 0.94)),
      front(rectangle("lavender", 0.03, 0.24, 0.68, 0.1)),
    ],
  },
  bowl: {
    portable: true,
    opening: { x: 0.5, y: 0.42, width: 0.84 },
    parts: [
      ellipse("glass", 0.5, 0.38, 0.48, 0.15),
      front(rectangle("metal", 0.28, 0.82, 0.44, 0.14)),
      front(dome("body", 0.5, 0.42, 0.49, -0.46)),
    ],
  },
  basket: {
    portable: true,
    opening: { x: 0.5, y: 0.5, width: 0.8 },
    parts: [
      ring("wood", 0.5, 0.5, 0.44, 0.48, 0.72),
      ellipse("dark", 0.5, 0.5, 0.46, 0.09),
      front(polygon("body", 0.03, 0.5, 0.97, 0.5, 0.82, 0.97, 0.18, 0.97)),
      front(line("wood", 0.06, 0.64, 0.94, 0.64, 0.07)),
      front(line("wood", 0.12, 0.82, 0.88, 0.82, 0.07)),
    ],
  },
  chair: {
    portable: true,
    support: { x: 0.56, y: 0.48 },
    parts: [
      polygon("body", 0.06, 0.02, 0.2, 0.02, 0.3, 0.5, 0.2, 0.6),
      polygon("maroon", 0.16, 0.48, 0.92, 0.48, 0.96, 0.62, 0.16, 0.62),
      rectangle("shade", 0.32, 0.6, 0.1, 0.32),
      rectangle("shade", 0.68, 0.6, 0.1, 0.32),
      rectangle("body", 0.16, 0.6, 0.12, 0.38),
      rectangle("body", 0.82, 0.6, 0.12, 0.38),
    ],
  },
  table: {
    portable: false,
    support: { x: 0.5, y: 0.26 },
    parts: [
      rectangle("metal", 0.24, 0.44, 0.52, 0.1),
      rectangle("metal", 0.08, 0.4, 0.16, 0.52),
      rectangle("metal", 0.76, 0.4, 0.16, 0.52),
      rectangle("body", 0.0, 0.26, 1.0, 0.26),
    ],
  },
  umbrella: {
    portable: true,
    parts: [
      rectangle("gold", 0.46, 0.0, 0.08, 0.92),
      polygon("gold", 0.46, 0.84, 0.47, 0.99, 0.72, 0.99, 0.72, 0.84, 0.65, 0.84, 0.65, 0.92, 0.53, 0.92),
      dome("body", 0.5, 0.55, 0.49, 0.5),
      line("dark", 0.5, 0.06, 0.31, 0.55, 0.03),
      line("dark", 0.5, 0.06, 0.69, 0.55, 0.03),
    ],
  },
  key: {
    portable: true,
    parts: [
      ring("body", 0.24, 0.42, 0.24, 0.24, 0.45),
      rectangle("metal", 0.42, 0.34, 0.56, 0.16),
      rectangle("metal", 0.6, 0.46, 0.12, 0.2),
      rectangle("metal", 0.82, 0.46, 0.14, 0.28),
    ],
  },
  hat: {
    portable: true,
    parts: [
      ellipse("body", 0.5, 0.78, 0.5, 0.15),
      polygon("body", 0.2, 0.12, 0.8, 0.12, 0.76, 0.78, 0.24, 0.78),
      rectangle("salmon", 0.23, 0.5, 0.54, 0.22),
    ],
  },
  lamp: {
    portable: true,
    parts: [
      rectangle("olive", 0.43, 0.5, 0.14, 0.4),
      ellipse("olive", 0.5, 0.9, 0.28, 0.1),
      polygon("body", 0.3, 0.03, 0.7, 0.03, 0.94, 0.56, 0.06, 0.56),
      rectangle("light", 0.1, 0.5, 0.8, 0.07),
    ],
  },
  clock: {
    portable: true,
    parts: [
      ellipse("body", 0.5, 0.5, 0.48, 0.48),
      ellipse("light", 0.5, 0.5, 0.29, 0.29),
      line("dark", 0.5, 0.54, 0.5, 0.25, 0.07),
      line("dark", 0.47, 0.5, 0.7, 0.5, 0.07),
    ],
  },
  book: {
    portable: true,
    support: { x: 0.5, y: 0.06 },
    parts: [
      rectangle("body", 0.12, 0.06, 0.76, 0.9),
      rectangle("navy", 0.12, 0.06, 0.18, 0.9),
      rectangle("beige", 0.38, 0.2, 0.4, 0.22),
      rectangle("light", 0.26, 0.88, 0.62, 0.06),
    ],
  },
  crown: {
    portable: true,
    parts: [
      polygon("body", 0.02, 0.18, 0.27, 0.5, 0.5, 0.06, 0.73, 0.5, 0.98, 0.18, 0.9, 0.9, 0.1, 0.9),
      rectangle("maroon", 0.1, 0.72, 0.8, 0.18),
      ellipse("glass", 0.5, 0.55, 0.1, 0.11),
    ],
  },
} satisfies Record<string, Sprite>;

/** A crescent open to the right: the left half of a circle without the left half of a narrower ellipse. */
function crescent() {
  const points: number[] = [];
  const steps = 12;
  for (let step = -steps; step <= steps; step++) {
    const y = step / steps;
    points.push(0.68 - 0.5 * Math.sqrt(1 - y * y), 0.5 + 0.5 * y);
  }
  for (let step = steps - 1; step > -steps; step--) {
    const y = step / steps;
    points.push(0.74 - 0.2 * Math.sqrt(1 - y * y), 0.5 + 0.46 * y);
  }
  return polygon("body", ...points);
}
