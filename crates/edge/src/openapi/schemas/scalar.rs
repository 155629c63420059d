//! What stands everywhere: money, instants, problems.

use crate::openapi::schema::{
    Fields, Schema, about, answered, any_text, between, list, named, object, pattern, such_as,
};

pub(super) fn schemas() -> Fields {
    let money = such_as(pattern("^[0-9]+(\\.[0-9]+)?$"), "319.20");
    let instant = pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?Z$");
    vec![
        ("Money", about(money, "Money: a decimal number in the currency's scale.")),
        ("Instant", about(such_as(instant, "2026-01-15T12:00:00Z"), "An instant: RFC 3339, in UTC.")),
        ("Problem", about(problem(), "What went wrong: problem details (RFC 9457).")),
        ("Fault", about(fault(), "One thing wrong with the input, and where.")),
    ]
}

fn problem() -> Schema {
    object(
        vec![
            (
                "type",
                about(pattern("^urn:farthing:problem:[A-Za-z]+$"), "`urn:farthing:problem:` and the code."),
            ),
            ("status", between(400, 599)),
            ("code", about(any_text(), "The problem's stable name.")),
            ("title", about(any_text(), "The problem in a few words, the same each time.")),
            ("detail", about(any_text(), "A sentence about this time.")),
        ],
        vec![("errors", about(list(named("Fault")), "Every fault found."))],
    )
}

fn fault() -> Schema {
    answered(vec![
        ("pointer", about(any_text(), "JSON pointer into the body, or into the query read as an object.")),
        ("code", about(any_text(), "The fault's stable name.")),
        ("detail", about(any_text(), "A sentence: the limit and the fix.")),
    ])
}
