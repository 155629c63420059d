// Where in the source a panic would have happened: each such place is an address and a length of a file's name, a line and
// a column. Nobody reads them once panics are silent, and the names are of the machine that built.
const PLACE = 16;
const ALIGNMENT = 4;
const FILE = /^[\w./+-]{1,200}\.rs$/;
const MOST_LINES = 100_000;
const MOST_COLUMNS = 1000;

/** Blanks them in the bytes of a module; blanks cost nothing. */
export function forgetPlaces(module) {
  const segments = segmentsOf(module);
  const memory = new DataView(module.buffer, module.byteOffset);
  const names = new Set();
  /** The bytes of the module that hold what is in memory there, or none. */
  const held = (address, length) => {
    const segment = segments.find(({ start, end }) => start <= address && address + length <= end);
    return segment && module.subarray(segment.at + address - segment.start, segment.at + address - segment.start + length);
  };
  for (const { start, end, at } of segments) {
    const first = Math.ceil(start / ALIGNMENT) * ALIGNMENT;
    for (let address = first; address + PLACE <= end; address += ALIGNMENT) {
      const offset = at + address - start;
      const [name, length, line, column] = [0, 4, 8, 12].map((field) => memory.getUint32(offset + field, true));
      if (line < 1 || line > MOST_LINES || column < 1 || column > MOST_COLUMNS) continue;
      const file = held(name, length);
      if (!file || !FILE.test(String.fromCharCode(...file.subarray(0, 201)))) continue;
      names.add(file);
      module.fill(0, offset, offset + PLACE);
    }
  }
  // A name is many places': the last.
  for (const file of names) file.fill(0);
}

/** Where the initial memory lies in the module: `start` to `end` in memory is what begins `at` there. */
function segmentsOf(module) {
  let position = 8;
  const number = () => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = module[position++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  while (position < module.length) {
    const section = module[position++];
    const length = number();
    if (section === 11) return Array.from({ length: number() }, segment);
    position += length;
  }
  return [];

  /** An active segment of the first memory: `0`, `i32.const` its start, `end`, its length and bytes. */
  function segment() {
    if (module[position++] !== 0 || module[position++] !== 0x41) throw new Error('an unknown kind of data segment');
    const start = number();
    position += 1;
    const length = number();
    position += length;
    return { start, end: start + length, at: position - length };
  }
}
