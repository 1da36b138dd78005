//! What the letters of a form mean: 「Ａ＝絶対　Ｂ＝できれば　Ｃ＝してもよい　Ｄ＝できない」, 「〔必=必須　希=希望　可=可　不=不可〕」.

use super::pattern::pattern;
use crate::domain::wish::Strength;

pattern!(
    KEY,
    r"(?:^|[\s(\[〔【、,/])(?P<letter>[a-e必希可不否要望絶避好])\s?[=:]\s?(?P<means>[^\s=:、,/()\[\]〔〕【】]{1,9})"
);
pattern!(
    NEVER,
    r"不可|でき(?:ない|ません)|出来ない|無理|し(?:ない|ません)|やらない|断|受けない"
);
pattern!(AVOID, r"避け|遠慮|好ま|苦手|したくない");
pattern!(MUST, r"絶対|必須|必ず|譲れ|外せ|欠かせ|必要");
pattern!(OK, r"よい|良い|可|でき(?:る|ます)|応じ|構わ|相談|条件|場合");
pattern!(WANT, r"ぜひ|是非|希望|できれば|したい|望|優先");

/// Fewer letters may be anything.
const LEAST: usize = 3;

/// The letters of a form and how strongly they wish; none where no line explains them.
pub(super) fn read(text: &str) -> Vec<(char, Strength)> {
    let may_explain = |line: &&str| line.matches(['=', ':']).nth(LEAST - 1).is_some();
    let explained = text.lines().filter(may_explain).map(|line| {
        let keys = KEY.all(line).into_iter().filter_map(|c| {
            let letter = c.name("letter")?.as_str().chars().next()?;
            Some((letter, meaning(c.name("means")?.as_str())?))
        });
        keys.collect::<Vec<_>>()
    });
    let mut legends = explained.filter(|keys| keys.len() >= LEAST);
    legends.next().unwrap_or_default()
}

fn meaning(words: &str) -> Option<Strength> {
    [
        (&NEVER, Strength::Never),
        (&AVOID, Strength::Avoid),
        (&MUST, Strength::Must),
        (&WANT, Strength::Want),
        (&OK, Strength::Ok),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is(words))
    .map(|(_, strength)| strength)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_a_line_explains() {
        assert_eq!(
            read("希望の程度 a=絶対 b=できれば c=してもよい d=できない\n業務 外来a"),
            [
                ('a', Strength::Must),
                ('b', Strength::Want),
                ('c', Strength::Ok),
                ('d', Strength::Never)
            ]
        );
        assert_eq!(read("〔必=必須 希=希望 可=可 不=不可〕").len(), 4);
        assert!(read("a: 週3日\nb: 外来").is_empty());
        assert!(read("a=1 b=2 c=3").is_empty());
    }
}
