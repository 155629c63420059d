//! The order of titles, as the engine has it (pricing-rules §5.3).

/// Unicode simple case folding. Comparing the result compares code points, as UTF-8 keeps their order.
pub(crate) fn fold(title: &str) -> String {
    let folded = |character: char| {
        unicode_case_mapping::case_folded(character).and_then(|folded| char::from_u32(folded.get()))
    };
    title.chars().map(|character| folded(character).unwrap_or(character)).collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn titles_fold_character_by_character() {
        assert_eq!(fold("Été ΣΊΣΥΦΟΣ Straße"), "été σίσυφοσ straße");
    }
}
