//! From a value to its text.

use super::Json;

pub(super) fn write(value: &Json, text: &mut String) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        Json::Number(digits) => text.push_str(digits),
        Json::String(string) => write_string(string, text),
        Json::List(items) => write_all(text, '[', ']', items, write),
        Json::Object(fields) => write_all(text, '{', '}', fields, |(key, value), text| {
            write_string(key, text);
            text.push(':');
            write(value, text);
        }),
    }
}

fn write_all<T>(text: &mut String, open: char, close: char, all: &[T], each: fn(&T, &mut String)) {
    text.push(open);
    for (at, one) in all.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        each(one, text);
    }
    text.push(close);
}

/// Writes a string as it stands in a text.
pub(crate) fn write_string(string: &str, text: &mut String) {
    text.push('"');
    if needs_escapes(string.as_bytes()) {
        write_escaped(string, text);
    } else {
        text.push_str(string);
    }
    text.push('"');
}

/// Whether there is a control character, a quotation mark or a backslash, looked for in eight bytes at a time: a quote of
/// a thousand discounts has a hundred thousand.
fn needs_escapes(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [b' '; 8];
    if let Some(start) = last.get_mut(..rest.len()) {
        start.copy_from_slice(rest);
    }
    words.iter().any(is_any_special) || is_any_special(&last)
}

/// Whether one of eight bytes is such: what is taken off each borrows from its highest bit where the byte is less.
const fn is_any_special(bytes: &[u8; 8]) -> bool {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    const fn is_any_less(word: u64, than: u8) -> bool {
        word.wrapping_sub(each(than)) & !word & each(0x80) != 0
    }
    let word = u64::from_le_bytes(*bytes);
    is_any_less(word, b' ') || is_any_less(word ^ each(b'"'), 1) || is_any_less(word ^ each(b'\\'), 1)
}

fn write_escaped(string: &str, text: &mut String) {
    for letter in string.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' => {
                text.push_str(if letter < '\u{10}' { "\\u000" } else { "\\u001" });
                text.extend(char::from_digit(u32::from(letter) & 15, 16));
            }
            _ => text.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::needs_escapes;

    #[test]
    fn each_byte_is_found_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for around in [b'a', b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xff] {
                for at in 0..19 {
                    let mut bytes = [around; 19];
                    bytes[at] = byte;
                    let is_special = byte < b' ' || byte == b'"' || byte == b'\\';
                    assert_eq!(needs_escapes(&bytes), is_special, "{byte:#x} at {at} among {around:#x}");
                }
            }
        }
    }
}
