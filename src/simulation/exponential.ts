// Exponential and logarithm by the algorithms of fdlibm (Sun Microsystems, 1993): sums, products and quotients of doubles alone, which every
// JavaScript engine rounds alike. Math.exp and Math.log may differ in their last bit from engine to engine, and with it a simulated person.

const words = new Uint32Array(2);
const doubles = new Float64Array(words.buffer);
/** Which word of a double holds sign and exponent on this machine. */
const high = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const low = 1 - high;

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const [p1, p2, p3, p4, p5] = [
  0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8,
];

/** Two to a whole power, −1022 to 1023. */
function powerOfTwo(k: number): number {
  words[low] = 0;
  words[high] = (k + 1023) << 20;
  return doubles[0]!;
}

/**
 * e to the power of x; within one unit in the last place, with the same bits on every engine.
 * @returns 0 below −745.13, infinity above 709.78, NaN for NaN
 */
export function portableExp(x: number): number {
  if (!(x > -745.1332191019411)) return Number.isNaN(x) ? x : 0;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  const size = Math.abs(x);
  if (size < 2 ** -28) return 1 + x;
  let [k, top, rest] = [0, x, 0];
  if (size > 0.34657359027997264) {
    // more than half of ln 2: x = k ln 2 + r
    k = size < 1.0397207708399179 ? (x < 0 ? -1 : 1) : Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
    top = x - k * ln2High;
    rest = k * ln2Low;
  }
  const r = top - rest;
  const t = r * r;
  const c = r - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (rest - (r * c) / (2 - c) - top);
  return k >= -1021
    ? k === 1024
      ? y * 2 * powerOfTwo(1023)
      : y * powerOfTwo(k)
    : y * powerOfTwo(k + 1000) * 2 ** -1000;
}

const [lg1, lg2, lg3, lg4, lg5, lg6, lg7] = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
];

/**
 * The natural logarithm; within one unit in the last place, with the same bits on every engine.
 * @returns −infinity for 0, NaN below it and for NaN
 */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  doubles[0] = x;
  if (words[high]! < 0x00100000) {
    k = -54; // a subnormal number: scaled up first
    doubles[0] = x * 2 ** 54;
  }
  const exponent = words[high]!;
  k += (exponent >>> 20) - 1023;
  const fraction = exponent & 0x000fffff;
  const up = (fraction + 0x95f64) & 0x100000; // x = 2ᵏ(1 + f) with √2/2 < 1 + f < √2
  words[high] = fraction | (up ^ 0x3ff00000);
  k += up >>> 20;
  const f = doubles[0]! - 1;
  if (f === 0) return k === 0 ? 0 : k * ln2High + k * ln2Low;
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = w * (lg2 + w * (lg4 + w * lg6)) + z * (lg1 + w * (lg3 + w * (lg5 + w * lg7)));
  return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
}
