//! The custom elements. Their classes are defined by the page's script; here is what stands in them.

mod cart;
mod changed;
mod confirmation;
mod coupon;
mod line;
mod live;
mod message;
mod mount;
mod nudges;
mod price;
mod shipping;
mod totals;

pub use mount::{mount, unmount, unmount_all};
