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
    if string.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push_str(string);
    } else {
        write_escaped(string, text);
    }
    text.push('"');
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
