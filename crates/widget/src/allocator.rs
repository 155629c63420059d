//! Where the widget's memory comes from: one list of free blocks for each power of two.
//!
//! The standard library's allocator makes the most of a server's memory and is a fifteenth of what a page loads. A page needs
//! a few hundred kilobytes, mostly of the same sizes again and again: a block that is free is found at once.

#![allow(unsafe_code, reason = "an allocator hands out memory")]

use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32,
    cell::UnsafeCell,
    ptr,
};

const PAGE: usize = 65_536;
/// How many pages are asked for at once: a browser takes longer to grow a memory than to leave some of it untouched.
const PAGES: usize = 32;
/// No block is smaller than this: it must hold the address of the next free one, and most layouts ask for no more.
const SMALLEST: usize = 16;

#[global_allocator]
static BLOCKS: Blocks = Blocks(UnsafeCell::new(Free { lists: [0; 32], next: 0, end: 0 }));

struct Blocks(UnsafeCell<Free>);

/// Addresses as numbers; zero is none.
struct Free {
    /// By the binary logarithm of the size, the first free block. Each holds the address of the next.
    lists: [usize; 32],
    /// Memory that was never handed out.
    next: usize,
    end: usize,
}

// SAFETY: a page runs the widget in one thread.
unsafe impl Sync for Blocks {}

// SAFETY: a block is a power of two in size and stands at a multiple of its size up to a page, so it is as large and as
// aligned as was asked for; it is in a list or handed out, never both.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = size_of_block(layout);
        // SAFETY: there is one thread, and nothing here calls back.
        let free = unsafe { &mut *self.0.get() };
        let Some(list) = free.lists.get_mut(size.trailing_zeros() as usize) else { return ptr::null_mut() };
        let block = *list as *mut usize;
        if block.is_null() {
            return free.take(size) as *mut u8;
        }
        // SAFETY: a free block begins with the address of the next.
        *list = unsafe { *block };
        block.cast()
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        let free = unsafe { &mut *self.0.get() };
        if let Some(list) = free.lists.get_mut(size_of_block(layout).trailing_zeros() as usize) {
            // SAFETY: the block is ours again, and large enough.
            unsafe { *block.cast::<usize>() = *list };
            *list = block as usize;
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller vouches for the size.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if size_of_block(wanted) == size_of_block(layout) {
            return block;
        }
        // SAFETY: both blocks are handed out, and one is not the other.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}

const fn size_of_block(layout: Layout) -> usize {
    let size = if layout.size() > layout.align() { layout.size() } else { layout.align() };
    if size < SMALLEST { SMALLEST } else { size.next_power_of_two() }
}

impl Free {
    /// Memory that was never handed out; zero where the page gets no more.
    fn take(&mut self, size: usize) -> usize {
        let align = size.min(PAGE);
        let mut block = self.next.next_multiple_of(align);
        if self.next == 0 || block + size > self.end {
            let pages = size.div_ceil(PAGE).max(PAGES);
            let first = wasm32::memory_grow::<0>(pages);
            if first == usize::MAX {
                return 0;
            }
            block = first * PAGE;
            // Another may have grown the memory meanwhile; then what was left before is left.
            self.end = (first + pages) * PAGE;
        }
        self.next = block + size;
        block
    }
}
