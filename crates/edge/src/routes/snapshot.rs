//! `GET /v1/snapshot?key=&form=`: the rules a shopper may see, for the browser's engine. Who it is says the header
//! `Farthing-Customer`; without it, a guest.

use crate::{
    answer::{self, Answer},
    call::Call,
    clock,
    compiled::Visitor,
    customer_token,
    form::{self, Form},
    ledgers,
    problem::Failure,
    projection::Projection,
    snapshots,
};

/// The header that says who looks: in an address it would come into logs.
const CUSTOMER: &str = "Farthing-Customer";

pub(super) async fn get(call: Call) -> Result<Answer, Failure> {
    call.only(&[form::NAME])?;
    let form = Form::of(&call.query)?;
    let compiled = snapshots::current(&call.database()?, call.store()).await?;
    let counted = ledgers::held(&call.env, call.store()).await?;
    let held = call.header("If-None-Match")?;
    let Some(token) = call.header(CUSTOMER)? else {
        let projection = Projection::of_guest(&compiled, &counted.usage, clock::now(), form);
        return Ok(answer::shared(&projection.body, held.as_deref()));
    };
    let customer = customer_token::customer(&call, Some(&token)).await?;
    let usage = ledgers::usage(&call.env, call.store(), &counted, &customer).await?;
    let visitor = Visitor { customer: &customer, usage: &usage, as_of: clock::now() };
    Ok(answer::private(&Projection::of_customer(&compiled, &visitor, form).body, held.as_deref()))
}
