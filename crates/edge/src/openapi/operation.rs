//! What is told of one method of one address, besides what the table of addresses says.

use ledger::Conflict;
use serde_json::{Map, Value, json};
use wire::Problem;

use super::schema::{Schema, any_text, named};
use crate::{
    body,
    form::{self, Form},
    idempotency::MAXIMUM_LENGTH,
    order_book, problem,
};

const JSON: &str = "application/json";

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Shopping,
    Orders,
    Store,
    Upgrades,
    Customers,
    Keys,
    Mail,
    Webhooks,
    Deployment,
}

impl Tag {
    pub(super) const ALL: [Self; 9] = [
        Self::Shopping,
        Self::Orders,
        Self::Store,
        Self::Upgrades,
        Self::Customers,
        Self::Keys,
        Self::Mail,
        Self::Webhooks,
        Self::Deployment,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Shopping => "Shopping",
            Self::Orders => "Orders",
            Self::Store => "Store",
            Self::Upgrades => "Upgrades",
            Self::Customers => "Customers",
            Self::Keys => "Keys",
            Self::Mail => "Mail",
            Self::Webhooks => "Webhooks",
            Self::Deployment => "Deployment",
        }
    }

    pub(super) const fn about(self) -> &'static str {
        match self {
            Self::Shopping => "What a shop's pages ask: prices, rules, products, codes.",
            Self::Orders => "What a shop's server asks: orders are reserved, then paid or given up.",
            Self::Store => "What a store sells and how: imports, discounts, simulations, the audit.",
            Self::Upgrades => "Offers that buyers earn by what they bought, and how they come by them.",
            Self::Customers => "Who is shopping, with clubs and tags.",
            Self::Keys => "Who may call: site keys, server keys, admin tokens.",
            Self::Mail => "How a store writes to its buyers, and the links in its mails.",
            Self::Webhooks => "Where events are sent, and what waits to be sent.",
            Self::Deployment => "Whether all is set up, and this document.",
        }
    }
}

/// What an operation answers when all is well.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) about: &'static str,
    /// Of its body; nothing where it has none.
    pub(super) schema: Option<Schema>,
    /// What its body is.
    pub(super) media: &'static str,
    /// The type of the text that it may be instead.
    pub(super) or: Option<&'static str>,
    pub(super) example: Option<Value>,
    /// Names of the document's headers.
    pub(super) headers: Vec<&'static str>,
}

/// What is told of an operation.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) method: &'static str,
    /// As in the table, but that its segment has a name: `/v1/orders/{reference}`.
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) tag: Tag,
    pub(super) summary: &'static str,
    pub(super) about: &'static str,
    /// Names of the document's parameters.
    pub(super) parameters: Vec<&'static str>,
    pub(super) body: Option<Value>,
    pub(super) answers: Vec<Answer>,
    /// What can go wrong besides what its access and its body bring along.
    pub(super) problems: Vec<Problem>,
}

impl Operation {
    /// `name` is the method and the path.
    #[inline(never)]
    pub(super) fn new(name: &'static str, id: &'static str, tag: Tag, summary: &'static str) -> Self {
        let (method, path) = name.split_once(' ').unwrap_or_default();
        Self {
            method,
            path,
            id,
            tag,
            summary,
            about: "",
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// More than its summary says.
    #[inline(never)]
    pub(super) fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    /// Takes these of the document's parameters.
    #[inline(never)]
    pub(super) fn with(mut self, parameters: &[&'static str]) -> Self {
        self.parameters.extend(parameters);
        self
    }

    /// Takes a body of the schema called so; `examples` are by name.
    #[inline(never)]
    pub(super) fn takes(mut self, schema: &str, limit: usize, examples: &[(&str, Value)]) -> Self {
        let mut content = json!({ "schema": named(schema) });
        if let (Some(fields), false) = (content.as_object_mut(), examples.is_empty()) {
            let examples: Map<_, _> = examples
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!({ "value": value })))
                .collect();
            fields.insert("examples".to_owned(), examples.into());
        }
        self.body = Some(json!({ "required": true, "content": { "application/json": content } }));
        self.refuses(vec![
            Problem::not_utf8(),
            problem::body_too_large(limit),
            problem::unsupported_media_type(),
        ])
    }

    /// Takes a body that says nothing, or none.
    #[inline(never)]
    pub(super) fn takes_nothing(self) -> Self {
        let mut operation = self.takes("Nothing", body::MAXIMUM, &[("usual", json!({}))]);
        if let Some(body) = operation.body.as_mut().and_then(Value::as_object_mut) {
            body.insert("required".to_owned(), false.into());
        }
        operation
    }

    /// May be called again with an `Idempotency-Key`.
    #[inline(never)]
    pub(super) fn idempotent(self) -> Self {
        self.with(&["IdempotencyKey"]).refuses(vec![
            problem::invalid_idempotency_key(MAXIMUM_LENGTH),
            order_book::problem(Conflict::KeyReused),
        ])
    }

    /// Answers JSON of this schema.
    #[inline(never)]
    pub(super) fn answers(mut self, status: u16, about: &'static str, schema: Schema) -> Self {
        let schema = Some(schema);
        self.answers.push(Answer {
            status,
            about,
            schema,
            media: JSON,
            or: None,
            example: None,
            headers: Vec::new(),
        });
        self
    }

    /// Answers without a body.
    #[inline(never)]
    pub(super) fn answers_nothing(mut self, status: u16, about: &'static str) -> Self {
        self.answers.push(Answer {
            status,
            about,
            schema: None,
            media: JSON,
            or: None,
            example: None,
            headers: Vec::new(),
        });
        self
    }

    /// The last answer may be a text instead, where that form is asked for.
    #[inline(never)]
    pub(super) fn or_text(mut self) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.or = Some(Form::Compact.content_type());
        }
        self.with(&[form::NAME])
    }

    /// Answers a page for people.
    #[inline(never)]
    pub(super) fn answers_page(mut self, status: u16, about: &'static str) -> Self {
        let schema = Some(any_text());
        self.answers.push(Answer {
            status,
            about,
            schema,
            media: "text/html; charset=utf-8",
            or: None,
            example: None,
            headers: Vec::new(),
        });
        self
    }

    /// The last answer looks like this.
    #[inline(never)]
    pub(super) fn such_as(mut self, example: Value) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.example = Some(example);
        }
        self
    }

    /// The last answer has these headers.
    #[inline(never)]
    pub(super) fn headed(mut self, headers: &[&'static str]) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.headers.extend(headers);
        }
        self
    }

    /// Is about a thing that is read and written at one address.
    #[inline(never)]
    pub(super) fn revised(mut self) -> Self {
        for answer in self.answers.iter_mut().filter(|answer| answer.schema.is_some()) {
            answer.headers.push("ETag");
        }
        if self.method == "GET" {
            return self;
        }
        self.with(&["IfMatch"]).refuses(vec![problem::changed_since()])
    }

    #[inline(never)]
    pub(super) fn refuses(mut self, problems: Vec<Problem>) -> Self {
        self.problems.extend(problems);
        self
    }
}
