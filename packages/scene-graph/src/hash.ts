/** A 32-bit hash of a text (FNV-1a with MurmurHash3's finaliser): the same on every platform. Not for security. */
export function hash(text: string, salt = 0): number {
  let value = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) | 0;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
