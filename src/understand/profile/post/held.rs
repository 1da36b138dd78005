//! The post that is held now, where nothing says that it ends.

use super::leaving::NO_POST;
use super::{Told, counts};
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    HOLDS,
    r"勤務(?:し(?:て(?:い|お)|、)|中|医(?:を|です))|勤め(?:て(?:い|お|ます|る)|ており|る[^。、\n]{0,10}(?:医|者))|勤務する[^。、\n]{0,10}(?:医|者)|(?:病院|大学|クリニック|センター|診療所|老健|施設)(?:に|で)[^。、\n]{1,14}して(?:い(?:ます|る)|お(?:ります|る))|在職|在籍|籍を置いて(?:い|お)|(?:勤務先|勤め先|職場)(?:は|が)[^。、\n]{1,14}(?:病院|クリニック|大学|診療所|センター|医院|老健)(?:です|で、|でして)|当直(?:は|を|も)[^。、\n]{0,16}こなして(?:い|お)|雇われ院長(?:です|で|を)|身を置いて(?:い|お)|奉職して(?:い|お)|本務は|(?:^|[、。\n\s]|私の)本業は|(?:嘱託|再雇用|再任用|顧問)(?:で|として|の身で)[^。、\n]{0,10}(?:残って|勤めて|働いて|続けて)(?:い|お)|通勤して(?:い(?:ます|る)|お(?:ります|り、))|(?:医院|診療所|クリニック|病院)(?:は|を)続けながら|(?:勤務先|勤め先)の(?:病院|大学|施設|クリニック|診療所|会社)(?:は|では|で|が)|(?:医局|大学|病院|センター|法人)に所属(?:して(?:い|お)|です)|働いて(?:います|おります|おり、)|勤めて\d{1,2}年|(?:院長|部長|所長)(?:に(?:なって|就いて))?\d{1,2}年目|常勤で[^。、\n]{0,14}て(?:います|おります)|(?:医院|病院|診療所|クリニック)を手伝って(?:い|お)|(?:責任者|室長|主任|嘱託医|健診医|施設長)を(?:して(?:い|お)|務めて|つとめて)|現(?:勤務先|職場|所属)(?:は|:)|(?:今も|いまも|まだ|なお)、?現役|(?:病院|センター|クリニック|大学|診療所|施設|老健|医院)勤務(?:です|をして(?:い|お))|(?:市民|県立|市立|町立|大学|公立|総合|私立|国立|民間)病院に?勤務(?:。|、|$)|(?:雇われ)?(?:院長|部長|医長)して(?:い(?:ま|る)|お|ま)|就業中|仕事中|(?:病院|クリニック|診療所|センター)(?:へ|まで)[^。、\n]{0,10}通って(?:い|お)|(?:病棟|外来|透析室)[^。、\n]{0,10}(?:受け持って|担当して)(?:い(?:ます|る)|お(?:ります|り、))|(?:クリニック|医院|病院|診療所)(?:院長|副院長|医長)(?:。|$|です)|現職|現:|開業(?:して(?:い|お)|医(?:です|をし|の))|(?:医院|診療所|クリニック)を(?:営ん|経営し|やって|やっと|開いて|切り盛り)|(?:今|いま|現在|目下)の本業|本業(?:で|として|が|を)|自院(?:を|の)|雇われ(?:です|の身)|(?:院長|部長|科長|副院長|准教授|教授|講師|助教|医長|勤務医|管理職|センター長|産業医|所長|施設長|管理者)(?:\([^)\n]{0,16}\))?を(?:して(?:い|お)|やって(?:い|お|ま)|務め|つとめ|勤め)|(?:病院|大学|クリニック|センター|診療所)(?:に|で|さ)(?:週|通って|通い)?(?:働いて(?:い|お)|週)|(?:病院|センター|大学)で働く|で働く[^。、\n]{0,12}(?:医|です)|(?:育休|産休|休職|休業)(?:から|を終え|が明け|明けで?)[^。\n]{0,10}(?:戻った|戻りま|復帰し|復職し|復帰)|(?:開業|開院|開設|開い|構え|営ん)(?:して|て|で)?(?:から)?\d{1,2}年|(?:の|で)(?:副院長|院長|部長|科長|准教授|教授|医長)(?:です|でございます)|(?:職場|勤務先|勤め先|院内|医局|病院|会社|大学|現職場|上司|院長)(?:の[^。、\n]{1,6})?(?:に|には|へ|へは|にも)(?:は)?[^。、\n]{0,14}(?:知られ|漏れ|言(?:わ|っ|い)|伏せ|内緒|内密|話して|話してい|秘密|電話|掛け|かけ|連絡|ばれ|バレ|気づ|感づ)|(?:の|で)(?:副センター長|所長|施設長|管理者)(?:です|で、|をして(?:い|お))|currently (?:work|employ)|i work\b|i am working|work(?:ing)? at|presently|my (?:present|current) (?:job|post|position|hospital|employer|workplace)"
);
// 今, 現在 and what stands behind: a post, a load of work, pay.
pattern!(
    NOW,
    r"(?:^|[^\p{Han}])(?:今|いま|只今|現在|目下|現状|現時点で)(?:は|の|も|でも|、|では|:|に|のところ、)?\s?(?P<w>[^。\n]{0,30})"
);
pattern!(
    NOW_WORK,
    r"^(?:[^。、\n]{0,20}?)(?:病院|職場|勤務|勤め|給料|給与|年収|年俸|待遇|収入|仕事は|仕事が|センター|大学|クリニック|診療所|医局|部長|科長|医長|教授|講師|助教|院長|当直が|当直を|当直月|オンコールが|残業|週\d|月\d{1,2}回|通勤|片道|\d{3,4}万|\d万|基幹|急性期|開業|パート|こき使|忙し|単身赴任|会社|保健所|老健|施設|担当して|主治医|\d人持ち|外来週|とこ(?:、|は|の|が|辞)|ところ(?:は|の)|のところで|続けて(?:い|お)|[^。、\n]{0,8}(?:手術|外来|診療|当直|読影|麻酔)を[^。、\n]{0,4}(?:して|やって)(?:い|お)|出て(?:い|お|ら)|診て(?:い|お))"
);
pattern!(
    NOT_NOW,
    r"^(?:回|後|年|月|度|週[^\d]|春|夏|秋|冬|日[^本]|さら|1度|ひと|1つ|朝|夜|すぐ|まで|より)"
);
// 「希望する勤務先は療養型病院です」.
pattern!(
    SOUGHT,
    r"(?:希望|次|今後|新し|これから|理想)[^。、\n]{0,6}(?:勤務先|勤め先|職場)(?:は|が)"
);
pattern!(
    NO_WORK,
    r"^(?:勤め(?:先|口)?|仕事|勤務|職)(?:は|も|に)?(?:なし|無し|ない|ありません|ござい|就いて)"
);
pattern!(
    HOLDING,
    r"今|いま|現在|現職|目下|本業|ただいま|働いて|勤務して|勤めて|出て(?:い|お|ま)|通って|診て(?:い|お)|てら|(?:て|と)(?:る|ます|います)"
);
pattern!(
    LOAD,
    r"月\d{1,2}回の(?:当直|オンコール|宿直|日直)[^。\n]{0,24}(?:毎日|で(?:疲|、|した|もう)|加え|続き|こなし|限界)|毎晩の(?:呼び出し|オンコール)|連勤で|(?:ER|救命|職場)に戻ります|院長と折り合い|上司と折り合い|出てら"
);
pub(super) fn held(cx: &Cx, proxy: bool) -> Option<Told> {
    let text = cx.text();
    let plain = [&HOLDS, &LOAD].into_iter().find_map(|p| {
        p.spans(text)
            .into_iter()
            .find(|(s, e)| counts(cx, *s, proxy) && !wished(cx, *s, *e))
    });
    let now = || {
        NOW.all(text).into_iter().find_map(|c| {
            let w = c.name("w")?;
            let at = w.start();
            let word = c.get(0)?;
            let so_far = w.as_str().starts_with("ところ")
                && !w.as_str().starts_with("ところの")
                && !w.as_str().starts_with("ところは");
            let stated = !so_far
                && NOW_WORK.is(w.as_str())
                && !NOT_NOW.is(w.as_str())
                && !NO_WORK.is(w.as_str())
                && !NO_POST.is(word.as_str());
            (stated && counts(cx, at, proxy)).then(|| (at, w.end()))
        })
    };
    plain.or_else(now).map(|(start, end)| Told {
        value: "employed",
        start,
        end,
    })
}

/// 「勤務先に近い」, 「在籍3名」, 「院長を…したい」: not the present post but a wish.
fn wished(cx: &Cx, start: usize, end: usize) -> bool {
    let rest = cx.rest(end);
    let word = cx.doc.text(start, end);
    let clause = cx.clause(start);
    let line_wish = cx
        .doc
        .line_at(start)
        .is_some_and(|l| l.context.strength.is_some() && !word.contains("知られ"));
    let before_now = ["以前", "昔", "かつて", "昨年まで", "去年まで", "当時"]
        .iter()
        .any(|w| clause.contains(w));
    let over = ["りました", "ました", "りまし", "た。", "た、", "たが"]
        .iter()
        .any(|w| rest.starts_with(w))
        && (word.ends_with('お') || word.ends_with('い'));
    // 「透析のある病院で週3」 is a wish, unless it is said of now or with a verb that says so.
    let load_only = word.ends_with('週') && !HOLDING.is(cx.sentence(start));
    let ended = ["でまい", "でおりまし", "でいまし", "できまし", "てまい"]
        .iter()
        .any(|w| rest.starts_with(w));
    let none = word.ends_with(['お', 'い'])
        && ["りませ", "ませ", "らず", "らぬ", "ない"]
            .iter()
            .any(|w| rest.starts_with(w));
    over || ended
        || none
        || load_only
        || SOUGHT.is(clause)
        || before_now
        || rest.contains("ことに相成")
        || rest.contains("ことになりました")
        || line_wish && !clause.contains("現") && !clause.contains('今')
        || rest.starts_with("したい")
        || rest.starts_with("を希望")
        || word.starts_with("在籍") && rest.contains("医局への")
        || word.starts_with("勤務") && (rest.starts_with("の先生") || rest.starts_with("希望"))
}

pub(super) fn now_full(cx: &Cx, at: usize) -> bool {
    let clause = cx.sentence(at);
    let now = ["現在", "今は", "いまは", "以後", "その後"]
        .iter()
        .any(|w| clause.contains(w));
    let little = ["週1", "週に1", "月1", "月2", "週2"]
        .iter()
        .any(|w| clause.contains(w));
    now && !little
}
