//! Words of kin that given names end with too.

/// 「夫」 as a word: behind a kanji it ends a name (達夫, 和夫).
macro_rules! husband {
    () => {
        r"(?:^|[^\p{Han}々])夫"
    };
}
pub(super) use husband;

/// 「子」 as a word: behind a kanji it ends a name (花子, 恵子).
macro_rules! child {
    () => {
        r"(?:^|[^\p{Han}々])子"
    };
}
pub(super) use child;
