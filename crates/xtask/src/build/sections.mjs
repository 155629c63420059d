// The sections of a WebAssembly module, as its binary format has them.

export const IMPORTS = 2;
export const CODE = 10;
export const DATA = 11;

const HEADER = 8;

/** Reads a module's bytes from a place on. */
export class Cursor {
  constructor(module, at = 0) {
    Object.assign(this, { module, at });
  }

  byte() {
    return this.module[this.at++];
  }

  /** An unsigned number in LEB128. */
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  /** So many bytes, as they are in the module. */
  bytes(length) {
    return this.module.subarray(this.at, (this.at += length));
  }
}

/** A cursor at the content of the first section of this kind; none where the module has none. */
export function section(module, kind) {
  const cursor = new Cursor(module, HEADER);
  while (cursor.at < module.length) {
    const found = cursor.byte();
    const length = cursor.number();
    if (found === kind) return cursor;
    cursor.at += length;
  }
  return null;
}
