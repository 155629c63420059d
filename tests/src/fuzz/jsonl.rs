//! The stream of `farthing quote --jsonl`: one answer a line, in order, whatever the lines are.

#![expect(clippy::expect_used, reason = "a target that fails has found something")]

use serde_json::Value;

/// Bytes as the standard input.
pub(super) fn stream(bytes: &[u8]) {
    let answers = answers(bytes);
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // What follows the last end of a line is a line only when there is something.
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    assert_eq!(answers.len(), lines.len());
    for (line, answer) in lines.into_iter().zip(answers) {
        let document: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        let is_quote = document.get("digest").is_some_and(Value::is_string);
        let is_problem = document.get("code").is_some_and(Value::is_string);
        assert!(is_quote != is_problem, "{answer}");
        assert_eq!(self::answers(&[line, b"\n"].concat()), [answer], "a line's answer is its own");
    }
}

fn answers(input: &[u8]) -> Vec<String> {
    let mut out = Vec::new();
    cli::quote_lines(input, &mut out).expect("bytes in memory can be read");
    String::from_utf8(out).expect("answers are text").lines().map(str::to_owned).collect()
}
