//! `/admin/api/admin-tokens`: the tokens of the merchant's staff, `ft_…`, each with a role.

use serde_json::Value;
use wire::read::{self, Node};

use super::secrets;
use crate::{
    answer::{self, Answer},
    call::Call,
    credential::{Holder, Role},
    idempotency,
    problem::Failure,
};

/// All of staff are of one kind, whatever their role.
const KIND: &str = Holder::Staff(Role::Viewer).kind();

#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct AdminTokens {
    /// In the order they were made.
    admin_tokens: Vec<secrets::Facts>,
}

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let admin_tokens = secrets::list(&call, KIND).await?.iter().map(secrets::Facts::of).collect();
    answer::json(&AdminTokens { admin_tokens })
}

pub(super) async fn post(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    let document = call.json().await?;
    let (title, role) = asked_for(&document)?;
    let asked = idempotency::of(&call, &document)?;
    answer::created(&secrets::make(&call, Holder::Staff(role), title, asked).await?)
}

pub(super) async fn rotate(mut call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    answer::json(&secrets::rotate(&mut call, KIND).await?)
}

pub(super) async fn delete(call: Call) -> Result<Answer, Failure> {
    call.only(&[])?;
    secrets::delete(&call, KIND).await?;
    Ok(answer::nothing(204))
}

fn asked_for(document: &Value) -> Result<(String, Role), Failure> {
    Ok(read::read(document, |node| {
        node.object(|fields| {
            let title = fields.required("title", |node| node.text::<256>());
            let role = fields.required("role", role);
            Some((title?.to_string(), role?))
        })
    })?)
}

fn role(node: Node<'_, '_>) -> Option<Role> {
    let name = node.string()?;
    Role::named(name).or_else(|| node.refuse("unknownVariant", "expected `viewer`, `editor` or `owner`"))
}
