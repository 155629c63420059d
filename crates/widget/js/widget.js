// What a page loads as `widget.js`: what wasm-bindgen writes, with properties for the elements.
import { connect as mount } from 'farthing-widget';
import { mirror } from './mirror.js';

export * from 'farthing-widget';
export { default } from 'farthing-widget';

export function connect(element) {
  mirror(element);
  return mount(element);
}
