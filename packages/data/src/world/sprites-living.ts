import { dome, ellipse, line, polygon, rectangle, ring } from "./shape.js";
import type { Sprite } from "./sprite.js";

/** Animals and plants. */
export const livingSprites = {
  cat: {
    portable: true,
    parts: [
      polygon("body", 0.05, 0.6, 0.08, 0.03, 0.46, 0.3),
      polygon("body", 0.95, 0.6, 0.92, 0.03, 0.54, 0.3),
      ellipse("body", 0.5, 0.6, 0.46, 0.37),
      ellipse("light", 0.31, 0.52, 0.11, 0.11),
      ellipse("light", 0.69, 0.52, 0.11, 0.11),
      ellipse("dark", 0.31, 0.52, 0.045, 0.1),
      ellipse("dark", 0.69, 0.52, 0.045, 0.1),
      polygon("dark", 0.42, 0.68, 0.58, 0.68, 0.5, 0.78),
      line("dark", 0.36, 0.76, 0.02, 0.7, 0.03),
      line("dark", 0.36, 0.82, 0.04, 0.86, 0.03),
      line("dark", 0.64, 0.76, 0.98, 0.7, 0.03),
      line("dark", 0.64, 0.82, 0.96, 0.86, 0.03),
    ],
  },
  dog: {
    portable: true,
    parts: [
      line("body", 0.16, 0.46, 0.04, 0.16, 0.11),
      rectangle("body", 0.1, 0.4, 0.58, 0.3),
      rectangle("body", 0.1, 0.6, 0.13, 0.37),
      rectangle("shade", 0.27, 0.66, 0.11, 0.31),
      rectangle("body", 0.55, 0.6, 0.13, 0.37),
      rectangle("shade", 0.42, 0.66, 0.11, 0.31),
      polygon("body", 0.5, 0.45, 0.58, 0.12, 0.8, 0.12, 0.72, 0.56),
      rectangle("body", 0.6, 0.1, 0.26, 0.28),
      rectangle("body", 0.8, 0.2, 0.19, 0.18),
      ellipse("dark", 0.61, 0.27, 0.075, 0.19),
      ellipse("dark", 0.78, 0.2, 0.035, 0.04),
      ellipse("dark", 0.95, 0.23, 0.05, 0.05),
    ],
  },
  fish: {
    portable: true,
    parts: [
      polygon("body", 0.66, 0.5, 0.98, 0.2, 0.98, 0.8),
      polygon("shade", 0.3, 0.3, 0.5, 0.08, 0.62, 0.32),
      ellipse("body", 0.42, 0.5, 0.4, 0.28),
      polygon("shade", 0.45, 0.5, 0.62, 0.4, 0.62, 0.62),
      ellipse("light", 0.2, 0.44, 0.08, 0.08),
      ellipse("dark", 0.19, 0.44, 0.045, 0.045),
    ],
  },
  bird: {
    portable: true,
    parts: [
      line("dark", 0.42, 0.8, 0.42, 0.98, 0.05),
      line("dark", 0.58, 0.8, 0.58, 0.98, 0.05),
      polygon("body", 0.3, 0.5, 0.0, 0.34, 0.04, 0.62, 0.3, 0.75),
      ellipse("body", 0.48, 0.6, 0.32, 0.26),
      ellipse("body", 0.7, 0.3, 0.2, 0.19),
      polygon("light", 0.86, 0.22, 1.0, 0.34, 0.84, 0.42),
      polygon("shade", 0.28, 0.5, 0.62, 0.5, 0.36, 0.8),
      ellipse("dark", 0.74, 0.26, 0.045, 0.045),
    ],
  },
  turtle: {
    portable: true,
    support: { x: 0.42, y: 0.24 },
    parts: [
      ellipse("shade", 0.2, 0.82, 0.1, 0.12),
      ellipse("shade", 0.64, 0.82, 0.1, 0.12),
      ellipse("shade", 0.86, 0.62, 0.13, 0.12),
      polygon("shade", 0.06, 0.74, 0.0, 0.88, 0.14, 0.8),
      dome("body", 0.42, 0.78, 0.4, 0.54),
      line("dark", 0.02, 0.77, 0.82, 0.77, 0.05),
      line("dark", 0.28, 0.34, 0.22, 0.76, 0.03),
      line("dark", 0.56, 0.34, 0.62, 0.76, 0.03),
      ellipse("dark", 0.9, 0.58, 0.035, 0.035),
    ],
  },
  butterfly: {
    portable: true,
    parts: [
      ellipse("body", 0.24, 0.32, 0.24, 0.26),
      ellipse("body", 0.76, 0.32, 0.24, 0.26),
      ellipse("body", 0.3, 0.74, 0.19, 0.2),
      ellipse("body", 0.7, 0.74, 0.19, 0.2),
      line("dark", 0.48, 0.24, 0.36, 0.02, 0.035),
      line("dark", 0.52, 0.24, 0.64, 0.02, 0.035),
      ellipse("dark", 0.5, 0.52, 0.07, 0.34),
    ],
  },
  tree: {
    portable: false,
    parts: [
      rectangle("dark", 0.42, 0.8, 0.16, 0.18),
      polygon("body", 0.5, 0.4, 0.92, 0.84, 0.08, 0.84),
      polygon("body", 0.5, 0.18, 0.84, 0.58, 0.16, 0.58),
      polygon("body", 0.5, 0.0, 0.74, 0.32, 0.26, 0.32),
      line("shade", 0.3, 0.57, 0.7, 0.57, 0.05),
    ],
  },
  flower: {
    portable: true,
    parts: [
      line("dark", 0.5, 0.5, 0.5, 0.99, 0.06),
      ellipse("dark", 0.66, 0.84, 0.15, 0.06),
      ellipse("dark", 0.34, 0.9, 0.15, 0.06),
      ellipse("body", 0.5, 0.15, 0.16, 0.15),
      ellipse("body", 0.24, 0.3, 0.16, 0.15),
      ellipse("body", 0.76, 0.3, 0.16, 0.15),
      ellipse("body", 0.34, 0.56, 0.16, 0.15),
      ellipse("body", 0.66, 0.56, 0.16, 0.15),
      ellipse("light", 0.5, 0.37, 0.14, 0.14),
    ],
  },
  mushroom: {
    portable: true,
    parts: [
      polygon("light", 0.36, 0.5, 0.64, 0.5, 0.72, 0.98, 0.28, 0.98),
      dome("body", 0.5, 0.58, 0.48, 0.55),
      rectangle("shade", 0.04, 0.52, 0.92, 0.07),
    ],
  },
  apple: {
    portable: true,
    parts: [
      ellipse("body", 0.34, 0.6, 0.29, 0.36),
      ellipse("body", 0.66, 0.6, 0.29, 0.36),
      line("dark", 0.5, 0.32, 0.54, 0.06, 0.07),
      ellipse("dark", 0.72, 0.14, 0.18, 0.08),
      ellipse("light", 0.26, 0.46, 0.07, 0.1),
    ],
  },
  snail: {
    portable: true,
    parts: [
      polygon("shade", 0.02, 0.96, 0.1, 0.8, 0.7, 0.8, 0.78, 0.4, 0.94, 0.4, 0.96, 0.9, 0.86, 0.96),
      line("shade", 0.82, 0.42, 0.74, 0.2, 0.045),
      line("shade", 0.9, 0.42, 0.98, 0.2, 0.045),
      ellipse("body", 0.38, 0.5, 0.37, 0.37),
      ring("dark", 0.38, 0.5, 0.24, 0.24, 0.75),
      ellipse("dark", 0.38, 0.5, 0.07, 0.07),
    ],
  },
} satisfies Record<string, Sprite>;
