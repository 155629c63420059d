//! From a text to a value.

use super::Json;

/// How deep a document may be nested: each level takes room on the stack.
const DEPTH: usize = 32;

/// What is left to read.
struct Reader<'t> {
    rest: &'t str,
}

pub(super) fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { rest: text };
    let value = reader.value(DEPTH)?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.skip_space();
        match self.rest.bytes().next()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::String),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        let mut fields = Vec::new();
        self.separated("{", "}", |reader| {
            let key = reader.string()?;
            reader.sign(":")?;
            fields.push((key, reader.value(depth)?));
            Some(())
        })?;
        Some(Json::Object(fields))
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.separated("[", "]", |reader| {
            items.push(reader.value(depth)?);
            Some(())
        })?;
        Some(Json::List(items))
    }

    /// Reads what stands between two brackets, one by one.
    fn separated(
        &mut self,
        open: &str,
        close: &str,
        mut read: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.sign(open)?;
        if self.sign(close).is_some() {
            return Some(());
        }
        loop {
            read(self)?;
            if self.sign(close).is_some() {
                return Some(());
            }
            self.sign(",")?;
        }
    }

    fn string(&mut self) -> Option<String> {
        self.sign("\"")?;
        let mut text = String::new();
        loop {
            let end = self.rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
            let (plain, rest) = self.rest.split_at_checked(end)?;
            text.push_str(plain);
            let mut letters = rest.chars();
            let mark = letters.next();
            self.rest = letters.as_str();
            match mark? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    /// What stands for one character behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let letter = letters.next()?;
        self.rest = letters.as_str();
        Some(match letter {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode(),
            '"' | '\\' | '/' => letter,
            _ => return None,
        })
    }

    /// Four hexadecimal digits, or twice as many for what lies beyond them.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        let is_half = matches!(first, 0xd800..=0xdbff);
        let second = if is_half {
            self.rest = self.rest.strip_prefix("\\u")?;
            Some(self.hexadecimal()?)
        } else {
            None
        };
        let mut letters = char::decode_utf16(core::iter::once(first).chain(second));
        let letter = letters.next()?.ok()?;
        letters.next().is_none().then_some(letter)
    }

    fn hexadecimal(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        digits.bytes().try_fold(0_u16, |number, digit| {
            let digit = char::from(digit).to_digit(16).and_then(|digit| u16::try_from(digit).ok())?;
            Some(number.checked_shl(4)? | digit)
        })
    }

    fn number(&mut self) -> Option<Json> {
        let is_of_number =
            |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let end = self.rest.bytes().position(|byte| !is_of_number(byte)).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!digits.is_empty()).then(|| Json::Number(digits.to_owned()))
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        self.sign(word).map(|()| value)
    }

    /// Steps over a sign and the space before it, where it stands next.
    fn sign(&mut self, sign: &str) -> Option<()> {
        self.skip_space();
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }
}
