//! The custom elements. Their classes are defined by the page's script; here is what stands in them.

mod cart;
mod changed;
mod confirmation;
mod coupon;
mod follow;
mod line;
mod message;
mod mount;
mod nudges;
mod piece;
mod price;
mod rows;
mod shipping;
mod totals;

pub use mount::{dress, mount, unmount, unmount_all};
