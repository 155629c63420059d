//! Plain text of a fixed width.

/// No line is longer, in characters.
const WIDTH: usize = 100;

/// Plain text that grows downwards.
#[derive(Default)]
pub(crate) struct Page(String);

impl Page {
    /// Begins a part of the page.
    pub(crate) fn heading(&mut self, title: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.lines(title, 0, 0);
    }

    /// A paragraph, its first line moved in by `indent` spaces and the others by `hanging`.
    pub(crate) fn lines(&mut self, text: &str, indent: usize, hanging: usize) {
        let mut line = " ".repeat(indent);
        let mut is_empty = true;
        for word in text.split_whitespace().flat_map(pieces) {
            if !is_empty && width(&line).saturating_add(width(word)) >= WIDTH {
                self.push(&line);
                line = " ".repeat(hanging);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.push(&line);
    }

    /// A row of the table: a text at the left, shortened where it must be, and an amount at the right.
    pub(crate) fn row(&mut self, text: &str, indent: usize, amount: &str) {
        let room = WIDTH.saturating_sub(width(amount)).saturating_sub(2);
        let mut left = " ".repeat(indent);
        left.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if width(&left) > room {
            left = left.chars().take(room.saturating_sub(1)).collect();
            left.push('…');
        }
        let gap = WIDTH.saturating_sub(width(&left)).saturating_sub(width(amount));
        self.push(&format!("{left}{}{amount}", " ".repeat(gap)));
    }

    pub(crate) fn blank(&mut self) {
        self.0.push('\n');
    }

    pub(crate) fn text(self) -> String {
        self.0
    }

    fn push(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }
}

/// A word in pieces that fit on a line with every indent there is.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    const LONGEST: usize = WIDTH - 20;
    let mut rest = word;
    core::iter::from_fn(move || {
        let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
        let (piece, others) = rest.split_at_checked(end)?;
        rest = others;
        (!piece.is_empty()).then_some(piece)
    })
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{Page, WIDTH, width};

    #[test]
    fn nothing_is_wider_than_the_page() {
        let mut page = Page::default();
        page.heading("Title");
        page.lines(&"word ".repeat(60), 2, 4);
        page.lines(&"é".repeat(333), 2, 4);
        page.row(&"long title ".repeat(20), 4, "1,000.00");
        page.row("short", 4, "1.00");
        let text = page.text();
        assert!(text.lines().all(|line| width(line) <= WIDTH), "{text}");
        assert_eq!(text.matches('é').count(), 333);
        assert!(text.lines().all(|line| line == line.trim_end()));
        assert!(text.ends_with("1.00\n") && text.contains('…'));
    }
}
