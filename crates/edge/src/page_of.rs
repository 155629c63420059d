//! Pages of a long list: how many, and from where on.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

use wire::Problem;

use crate::{
    problem::{self, Failure},
    query::Query,
};

/// How many things a page has where nothing is asked.
pub(crate) const USUAL: usize = 50;
/// The most things of a page.
pub(crate) const MAXIMUM: usize = 200;

/// Which page was asked for, by `?limit=&cursor=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) limit: usize,
    /// The key of the last thing of the page before.
    pub(crate) after: Option<String>,
}

impl Asked {
    /// # Errors
    /// A limit that is no number from 1 to 200, or a cursor that no page gave.
    pub(crate) fn of(query: &Query) -> Result<Self, Failure> {
        let limit = match query.one("limit")? {
            None => USUAL,
            Some(text) => {
                text.parse().ok().filter(|limit| (1..=MAXIMUM).contains(limit)).ok_or_else(|| {
                    problem::fault("/limit", "outOfRange", format!("a page has 1 to {MAXIMUM} things"))
                })?
            }
        };
        let cursor = query.one("cursor")?.filter(|cursor| !cursor.is_empty());
        let after = cursor.map(|cursor| decoded(cursor).ok_or_else(invalid_cursor)).transpose()?;
        Ok(Self { limit, after })
    }

    /// The place in the list after which the page begins, as `read` finds it in the cursor; none at the list's head.
    ///
    /// # Errors
    /// No page gave such a cursor. To begin anew would be to go round for ever.
    pub(crate) fn place<'a, T>(
        &'a self,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<Option<T>, Failure> {
        Ok(self.after.as_deref().map(|after| read(after).ok_or_else(invalid_cursor)).transpose()?)
    }

    /// One more than the page has: whether there is another page shows by whether it is there.
    pub(crate) fn and_one(&self) -> i64 {
        i64::try_from(self.limit.saturating_add(1)).unwrap_or(i64::MAX)
    }

    /// Cuts `found` to the page, and names where the next begins.
    pub(crate) fn cut<T>(&self, found: &mut Vec<T>, key: impl Fn(&T) -> String) -> Option<String> {
        let has_more = found.len() > self.limit;
        found.truncate(self.limit);
        found.last().filter(|_| has_more).map(|last| BASE64URL.encode(key(last)))
    }
}

fn invalid_cursor() -> Problem {
    problem::fault("/cursor", "invalidCursor", "send `nextCursor` of the page before as it came")
}

fn decoded(cursor: &str) -> Option<String> {
    BASE64URL.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use worker::Url;

    use super::Asked;
    use crate::query::Query;

    fn asked(query: &str) -> Option<Asked> {
        Asked::of(&Query::of(&Url::parse(&format!("https://edge.example/x?{query}")).expect("an address")))
            .ok()
    }

    #[test]
    fn pages_follow_each_other() {
        let first = asked("limit=2").expect("a page");
        let mut found = vec!["a", "b", "c"];
        let cursor = first.cut(&mut found, |item| (*item).to_owned()).expect("another page");
        assert_eq!(found, ["a", "b"]);
        let second = asked(&format!("limit=2&cursor={cursor}")).expect("a page");
        assert_eq!(second.after.as_deref(), Some("b"));
        assert_eq!(second.cut(&mut vec!["c"], |item| (*item).to_owned()), None);
    }

    #[test]
    fn a_place_is_one_of_the_list() {
        let number = |query| asked(query).and_then(|asked| asked.place(|text| text.parse::<u32>().ok()).ok());
        assert_eq!(number("cursor=MTc"), Some(Some(17)));
        assert_eq!((number(""), number("cursor=")), (Some(None), Some(None)));
        assert_eq!((number("cursor=bWFkZSB1cA"), number("cursor=LTE")), (None, None));
    }

    #[test]
    fn what_is_no_page_is_refused() {
        assert_eq!(asked("").map(|asked| asked.limit), Some(50));
        for query in ["limit=0", "limit=201", "limit=x", "limit=-1", "cursor=%25", "cursor=gA"] {
            assert_eq!(asked(query), None, "{query}");
        }
    }
}
