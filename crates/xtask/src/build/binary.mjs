// The binary format of WebAssembly modules: its bytes and numbers, and where a section is.

export const SECTION = { import: 2, global: 6, export: 7, code: 10, data: 11 };
export const IMPORT = { function: 0, table: 1, memory: 2, global: 3 };

const HEADER = 8;

/** Reads bytes from a place on. */
export class Reader {
  constructor(from, at = 0) {
    this.from = from;
    this.at = at;
  }

  isAtEnd() {
    return this.at >= this.from.length;
  }

  byte() {
    return this.from[this.at++];
  }

  /** So many bytes, as they are in what is read. */
  bytes(count) {
    this.at += count;
    return this.from.subarray(this.at - count, this.at);
  }

  /** An unsigned LEB128 number. */
  number() {
    let [value, scale, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return value;
  }

  /** Passes over some LEB128 numbers, signed or not. */
  numbers(count) {
    for (let left = count; left > 0; left--) while (this.byte() & 0x80);
  }
}

/** A number in LEB128. */
export function unsigned(value) {
  const out = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) out.push((rest & 127) | 128);
  return [...out, rest];
}

/** A reader of a module, at the content of its first section of this kind; none where it has none. */
export function section(module, kind) {
  const reader = new Reader(module, HEADER);
  while (!reader.isAtEnd()) {
    const found = reader.byte();
    const length = reader.number();
    if (found === kind) return reader;
    reader.bytes(length);
  }
  return null;
}

/** How many imports there are of a kind; the reader is at the content of their section. */
export function imported(reader, kind) {
  let count = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.bytes(reader.number());
    reader.bytes(reader.number());
    const found = reader.byte();
    if (found > IMPORT.global) throw new Error(`an import of kind ${found} is not known here`);
    if (found === kind) count++;
    if (found === IMPORT.table) reader.byte();
    if (found === IMPORT.table || found === IMPORT.memory) reader.numbers(reader.byte() & 1 ? 2 : 1);
    else reader.numbers(found === IMPORT.global ? 2 : 1);
  }
  return count;
}
