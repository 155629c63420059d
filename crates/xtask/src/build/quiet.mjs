// Takes the last words out of a module: node quiet.mjs <from> <to>
//
// A panic ends in a trap, and a browser tells no more of it than that: nobody reads what Rust would have said. So whatever
// is called to say it traps at once, and the optimiser finds that the words, and all that puts them together, are unused.
// What writes values for programmers, only panics call. No check is taken out.
import { readFileSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { forgetPlaces } from './places.mjs';

/** Functions of the standard library that never return and only report. */
const REPORTS = [
  'core::panicking::panic',
  'core::panicking::panic_fmt',
  'core::panicking::panic_bounds_check',
  'core::panicking::panic_display',
  'core::panicking::assert_failed_inner',
  'core::panicking::panic_const::panic_const_div_by_zero',
  'core::panicking::panic_const::panic_const_rem_by_zero',
  'core::panicking::panic_const::panic_const_async_fn_resumed',
  'core::option::expect_failed',
  'core::option::unwrap_failed',
  'core::result::unwrap_failed',
  'core::cell::panic_already_borrowed',
  'core::cell::panic_already_mutably_borrowed',
  'core::slice::index::slice_index_fail',
  'core::str::slice_error_fail',
  'core::str::slice_error_fail_rt',
  'alloc::alloc::handle_alloc_error',
  'alloc::raw_vec::capacity_overflow',
  'alloc::raw_vec::handle_error',
  'std::panicking::panic_with_hook',
  'std::thread::local::panic_access_error',
];

/** What writes a value for programmers. It is called through tables, where the optimiser can't see that nobody does. */
const DEBUG = / as core::fmt::Debug>::fmt$|^<core::fmt::builders::|::escape_debug_ext$/;

const [from, to] = process.argv.slice(2);
const bytes = readFileSync(from);
forgetPlaces(bytes);
const module = binaryen.readBinary(bytes);
for (let at = 0; at < module.getNumFunctions(); at++) {
  const body = module.getFunctionByIndex(at);
  const name = binaryen.getFunctionInfo(body).name.replace(/\[[0-9a-f]+\]|::h[0-9a-f]{16}$/g, '');
  if (REPORTS.includes(name) || DEBUG.test(name)) binaryen.Function.setBody(body, module.unreachable());
}
writeFileSync(to, module.emitBinary());
