//! Why a question got no answer.

use core::fmt;

use wire::Json;

/// Why a question got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// No reply at all: offline, blocked, or not from a listed origin.
    Unreachable,
    /// A reply that is not what contract v1 promises.
    Unreadable,
    /// The edge refused, with a problem.
    Problem {
        /// The HTTP status.
        status: u16,
        /// The stable name of the problem.
        code: String,
        /// A sentence about this time.
        detail: String,
    },
}

impl ClientError {
    /// The stable name of what went wrong: the problem's own code where there is one.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Unreadable => "unreadable",
            Self::Problem { code, .. } => code,
        }
    }

    /// A sentence about it: the problem's own where there is one.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Unreachable => "the shop's prices can't be reached",
            Self::Unreadable => "the shop's prices can't be read",
            Self::Problem { detail, .. } => detail,
        }
    }

    /// The problem in the body of a reply with this status.
    pub(crate) fn of_reply(status: u16, body: Option<&Json>) -> Self {
        let text = |key| body.and_then(|body| body.str_of(key));
        match text("code") {
            Some(code) => Self::Problem {
                status,
                code: code.to_owned(),
                detail: text("detail").or_else(|| text("title")).unwrap_or_default().to_owned(),
            },
            None => Self::Unreadable,
        }
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}

impl core::error::Error for ClientError {}

#[cfg(test)]
mod tests {
    use wire::Json;

    use super::ClientError;

    #[test]
    fn a_problem_keeps_its_code_and_sentence() {
        let body = Json::object(&mut [
            ("code", "unknownCode".into()),
            ("title", "No".into()),
            ("detail", "Not known.".into()),
        ]);
        let error = ClientError::of_reply(404, Some(&body));
        assert_eq!(error.code(), "unknownCode");
        assert_eq!(error.to_string(), "Not known.");
    }

    #[test]
    fn a_page_of_a_proxy_is_unreadable() {
        assert_eq!(ClientError::of_reply(502, None), ClientError::Unreadable);
    }
}
