import { ellipse, line, polygon, rectangle } from "./shape.js";
import type { Sprite } from "./sprite.js";

/** Vehicles and buildings. */
export const vehicleSprites = {
  car: {
    portable: false,
    support: { x: 0.5, y: 0.2 },
    parts: [
      polygon("body", 0.18, 0.52, 0.32, 0.2, 0.7, 0.2, 0.84, 0.52),
      polygon("body", 0.01, 0.5, 0.9, 0.48, 0.99, 0.58, 0.99, 0.78, 0.01, 0.78),
      polygon("glass", 0.27, 0.48, 0.36, 0.27, 0.49, 0.27, 0.49, 0.48),
      polygon("glass", 0.54, 0.48, 0.54, 0.27, 0.66, 0.27, 0.75, 0.48),
      ellipse("dark", 0.24, 0.78, 0.15, 0.15),
      ellipse("dark", 0.76, 0.78, 0.15, 0.15),
      ellipse("light", 0.24, 0.78, 0.06, 0.06),
      ellipse("light", 0.76, 0.78, 0.06, 0.06),
    ],
  },
  boat: {
    portable: false,
    parts: [
      line("wood", 0.48, 0.02, 0.48, 0.7, 0.05),
      polygon("light", 0.42, 0.14, 0.42, 0.6, 0.1, 0.6),
      polygon("light", 0.54, 0.04, 0.54, 0.6, 0.94, 0.6),
      polygon("body", 0.0, 0.68, 1.0, 0.68, 0.8, 0.98, 0.2, 0.98),
    ],
  },
  rocket: {
    portable: true,
    parts: [
      polygon("salmon", 0.36, 0.8, 0.64, 0.8, 0.5, 1.0),
      polygon("teal", 0.32, 0.5, 0.08, 0.9, 0.34, 0.82),
      polygon("teal", 0.68, 0.5, 0.92, 0.9, 0.66, 0.82),
      polygon("body", 0.5, 0.0, 0.66, 0.18, 0.72, 0.42, 0.66, 0.84, 0.34, 0.84, 0.28, 0.42, 0.34, 0.18),
      ellipse("dark", 0.5, 0.36, 0.13, 0.13),
      ellipse("glass", 0.5, 0.36, 0.085, 0.085),
    ],
  },
  airplane: {
    portable: true,
    parts: [
      polygon("metal", 0.66, 0.5, 0.4, 0.02, 0.26, 0.02, 0.38, 0.5, 0.26, 0.98, 0.4, 0.98),
      polygon("metal", 0.2, 0.5, 0.1, 0.24, 0.0, 0.24, 0.06, 0.5, 0.0, 0.76, 0.1, 0.76),
      ellipse("body", 0.52, 0.5, 0.48, 0.12),
      polygon("glass", 0.8, 0.42, 0.92, 0.45, 0.92, 0.55, 0.84, 0.58),
    ],
  },
  house: {
    portable: false,
    parts: [
      rectangle("wood", 0.72, 0.06, 0.12, 0.3),
      rectangle("body", 0.1, 0.44, 0.8, 0.54),
      polygon("maroon", 0.5, 0.02, 1.0, 0.48, 0.0, 0.48),
      rectangle("wood", 0.54, 0.62, 0.22, 0.36),
      rectangle("glass", 0.2, 0.58, 0.22, 0.2),
    ],
  },
} satisfies Record<string, Sprite>;
