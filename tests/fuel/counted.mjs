// A wasm module that counts the instructions it executes. The module's own instructions stay as they are, byte for byte;
// before each stretch that runs from its first instruction to its last, its length is added to a global.
//
// A stretch ends where control may go elsewhere or come from elsewhere. A call ends none: it comes back, or there is
// nothing left to count. `block`, `loop`, `else`, `end`, `nop`, `drop`, `return` and `unreachable` count nothing, all
// others one, as the fuel of wasmtime does.
import { IMPORT, Reader, SECTION, imported, unsigned } from '../../crates/xtask/src/build/binary.mjs';

/** The name under which the counter is exported: a mutable 64-bit global. */
export const COUNTER = 'instructions';

const FREE = new Set([0x00, 0x01, 0x02, 0x03, 0x05, 0x0b, 0x0f, 0x1a]);
/** `unreachable`, `loop`, `if`, `else`, `end`, `br`, `br_if`, `br_table`, `return`. */
const ENDS = new Set([0x00, 0x03, 0x04, 0x05, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f]);

/** How many LEB128 numbers follow an instruction's first byte, from one instruction to another. */
const OPERANDS = [
  [0x00, 0x01, 0], // unreachable, nop
  [0x02, 0x04, 1], // block, loop, if
  [0x05, 0x05, 0], // else
  [0x0b, 0x0b, 0], // end
  [0x0c, 0x0d, 1], // br, br_if
  [0x0f, 0x0f, 0], // return
  [0x10, 0x10, 1], // call
  [0x11, 0x11, 2], // call_indirect
  [0x1a, 0x1b, 0], // drop, select
  [0x20, 0x26, 1], // variables and tables
  [0x28, 0x3e, 2], // loads and stores
  [0x3f, 0x42, 1], // memory.size, memory.grow, i32.const, i64.const
  [0x45, 0xc4, 0], // arithmetic
  [0xd0, 0xd0, 1], // ref.null
  [0xd1, 0xd1, 0], // ref.is_null
  [0xd2, 0xd2, 1], // ref.func
];
/** The same after the byte 0xfc: eight truncations, then what copies and fills memories and tables. */
const BULK_OPERANDS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

/** @param {Uint8Array} module */
export function counted(module) {
  const out = [...module.subarray(0, 8)];
  const reader = new Reader(module, 8);
  let globals = 0;
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    let content = reader.bytes(reader.number());
    if (id === SECTION.import) globals += imported(new Reader(content), IMPORT.global);
    if (id === SECTION.global) {
      globals += new Reader(content).number();
      content = oneMore(content, [0x7e, 0x01, 0x42, 0, 0x0b]);
    }
    if (id === SECTION.export) {
      const name = [...new TextEncoder().encode(COUNTER)];
      content = oneMore(content, [...unsigned(name.length), ...name, 0x03, ...unsigned(globals)]);
    }
    if (id === SECTION.code) content = countedCode(new Reader(content), globals);
    append(out, [id, ...unsigned(content.length)], content);
  }
  return Uint8Array.from(out);
}

/** A vector with one more entry at its end. */
function oneMore(content, entry) {
  const reader = new Reader(content);
  const out = unsigned(reader.number() + 1);
  append(out, content.subarray(reader.at), entry);
  return out;
}

function countedCode(reader, counter) {
  const functions = reader.number();
  const out = unsigned(functions);
  for (let left = functions; left > 0; left--) {
    const body = countedBody(new Reader(reader.bytes(reader.number())), counter);
    append(out, unsigned(body.length), body);
  }
  return out;
}

function countedBody(reader, counter) {
  for (let groups = reader.number(); groups > 0; groups--) reader.numbers(2);
  const out = [...reader.from.subarray(0, reader.at)];
  while (!reader.isAtEnd()) {
    const start = reader.at;
    let length = 0;
    for (let code; !reader.isAtEnd() && !ENDS.has(code); ) {
      code = instruction(reader);
      if (!FREE.has(code)) length++;
    }
    if (length > 0) append(out, [0x23, ...unsigned(counter), 0x42, ...signed(length), 0x7c, 0x24, ...unsigned(counter)]);
    append(out, reader.from.subarray(start, reader.at));
  }
  return out;
}

/** Passes over one instruction and returns its first byte. */
function instruction(reader) {
  const code = reader.byte();
  const operands = OPERANDS.find(([first, last]) => first <= code && code <= last)?.[2];
  if (operands !== undefined) reader.numbers(operands);
  else if (code === 0x43) reader.bytes(4); // f32.const
  else if (code === 0x44) reader.bytes(8); // f64.const
  else if (code === 0x0e) reader.numbers(reader.number() + 1); // br_table
  else if (code === 0x1c) reader.bytes(reader.number()); // select of a stated type
  else {
    const bulk = code === 0xfc ? BULK_OPERANDS[reader.number()] : undefined;
    if (bulk === undefined) throw new Error(`the instruction 0x${code.toString(16)} is not known here`);
    reader.numbers(bulk);
  }
  return code;
}

/** A number in LEB128 that may be negative: the last byte's second highest bit is the sign, here never set. */
function signed(value) {
  const out = unsigned(value);
  const last = out.length - 1;
  return out[last] & 0x40 ? [...out.slice(0, last), out[last] | 128, 0] : out;
}

/** Beyond some ten thousand arguments `push(...)` overflows the stack. */
function append(out, ...parts) {
  for (const part of parts) for (const byte of part) out.push(byte);
}
