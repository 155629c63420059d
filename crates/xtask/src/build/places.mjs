// Where in the source a panic would have happened: each such place is an address and a length of a file's name, a line and
// a column. Nobody reads them once panics are silent, and the names are of the machine that built.
import { SECTION, section } from './binary.mjs';

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
  const data = section(module, SECTION.data);
  return Array.from({ length: data?.number() ?? 0 }, () => segment(data));
}

/** An active segment of the first memory: `0`, `i32.const` its start, `end`, its length and bytes. */
function segment(data) {
  if (data.byte() !== 0 || data.byte() !== 0x41) throw new Error('an unknown kind of data segment');
  const start = data.number();
  data.byte();
  const length = data.number();
  data.bytes(length);
  return { start, end: start + length, at: data.at - length };
}
