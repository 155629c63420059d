//! The query of an address. Like a body it is read strictly: what a route does not know is refused, not passed over.

use wire::{Fault, Problem};
use worker::Url;

use crate::problem;

/// The parameters in the order they came.
#[derive(Clone, Debug)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn of(url: &Url) -> Self {
        Self(url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Every value of `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of `name`, where it is there.
    ///
    /// # Errors
    /// It is there more than once: which one counts would be a guess.
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut values = self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (value, None) => Ok(value),
            _ => Err(problem::fault(format!("/{name}"), "repeatedParameter", "say it once")),
        }
    }

    /// Whether `name` is `true`; `false` when it is absent.
    ///
    /// # Errors
    /// It is there more than once, or neither `true` nor `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name)? {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(problem::fault(format!("/{name}"), "wrongType", "expected `true` or `false`")),
        }
    }

    /// Refuses parameters other than `known`.
    ///
    /// # Errors
    /// One fault for each.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let faults: Vec<_> = self
            .0
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
            .map(|(name, _)| unknown(name))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
    }
}

fn unknown(name: &str) -> Fault {
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    Fault { pointer, code: "unknownParameter", detail: format!("there is no parameter `{name}` here") }
}

#[cfg(test)]
mod tests {
    use worker::Url;

    use super::Query;

    fn query(text: &str) -> Query {
        Query::of(&Url::parse(&format!("https://edge.example/x?{text}")).expect("an address"))
    }

    #[test]
    fn values_are_decoded_and_kept_in_order() {
        let query = query("sku=A%26B&key=pk&sku=%C3%A9+1");
        assert_eq!(query.all("sku").collect::<Vec<_>>(), ["A&B", "é 1"]);
        assert_eq!(query.one("key"), Ok(Some("pk")));
        assert_eq!(query.one("none"), Ok(None));
    }

    #[test]
    fn a_repeated_value_is_refused() {
        let problem = query("key=a&key=b").one("key").expect_err("a problem");
        assert_eq!(
            problem.errors.first().map(|fault| (fault.pointer.as_str(), fault.code)),
            Some(("/key", "repeatedParameter"))
        );
    }

    #[test]
    fn a_flag_is_true_or_false() {
        assert_eq!(query("").flag("dryRun"), Ok(false));
        assert_eq!(query("dryRun=true").flag("dryRun"), Ok(true));
        assert!(query("dryRun=1").flag("dryRun").is_err());
        assert!(query("dryRun").flag("dryRun").is_err());
    }

    #[test]
    fn each_unknown_parameter_is_told() {
        let problem = query("key=a&q=1&a/b=2").only(&["key"]).expect_err("a problem");
        let pointers: Vec<_> = problem.errors.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/q", "/a~1b"]);
    }
}
