//! The present post: held, ending, ended or paused, and when it ends.
//!
//! Every clause that tells of leaving a post is weighed by its tense and its date; what lies ahead beats what lies
//! behind, and a post that is only spoken of as the present one counts last.

use super::{Fact, Role, fact, own};
use crate::domain::wish::{ProfileField, Value};
use crate::understand::dates::DateHit;
use crate::understand::doc::Line;
use crate::understand::pattern::pattern;
use crate::understand::rules::Cx;

pattern!(
    LEAVE_OF_ABSENCE,
    r"休職|育児休業|育休|産休|介護休業|産前休業|産後休業|on (?:maternity|parental|childcare|sick|medical)?\s?leave|maternity leave|休んでおり"
);
pattern!(
    BACK,
    r"^[^。\n]{0,8}(?:から|を終え|が明け|明け)[^。\n]{0,8}(?:戻|復帰|復職)|^[^。\n]{0,4}(?:明け|代替|の代わり|代理|取得(?:可|でき)|制度|復帰)|^(?:など)?(?:の|を|が)?(?:取|実績|可|とれ)"
);
// Words that by themselves mean the end of a post.
pattern!(
    ENDS,
    r"退職|退官|退任|辞職|離職|定年|引退|勇退|身を引|閉院|廃業|役職定年|承継|retired?\b|retiring|retirement"
);
// Words that mean it where a post stands beside them.
pattern!(
    LEAVES,
    r"辞(?:め|し|す(?:る|こと))|やめ(?:る|た|て|ます)|(?:を|から)?離れ|去(?:る|り|っ|ります)|出ること|閉(?:め|じ|ぢ)|畳(?:み|む|ん)|たた(?:む|み|ん)|譲(?:り|る|っ)|任せ|看板を下ろ|一区切り|けじめ|終(?:え|わり|わっ|わる)|満了|切れ|明け(?:ます|る)|を引きます|を?卒業|退(?:く|き|い)|runs? out|expires?|\bends?\b|closed?|\bleft\b|leav(?:e|ing)|まで(?:です|。|、|$|\n|の(?:契約|任期))|続けません|身分を離"
);
pattern!(
    POST,
    r"病院|医院|診療所|クリニック|大学|医局|職場|勤め|勤務|会社|今の(?:所|とこ|ところ)|ここ|県立|市立|町立|道立|国立|県病|日赤|役所|保健所|所長|院長|理事長|部長|教授|(?:^|[^休])職を|職(?:から|$)|契約|任期|嘱託|再雇用|再任用|センター|行政|開業|法人|施設|後進に譲|息子に譲|弟に任|息子に任|contract|clinic|hospital|practice|university|my post|my job|再就職先|公務員|現職|当院|自院|当クリニック|当医院"
);
// Of a duty, a wish or a limit, not of a post.
pattern!(
    NOT_A_POST,
    r"定年(?:なし|無し|の?ない|が(?:な|70|遅|75|延)|は(?:\d|な|あり)|制|年齢|[:=](?:\d|な)|まで(?:長く|働|勤|安心|いられ)|後も|の定めの|を(?:定め|設け)|延長|65|70)|退職金|退職(?:者|年齢)|(?:手術|当直|執刀|オペ|メス|外来|往診|分娩|お産|カテ|内視鏡|運転|車|煙草|酒|救急|麻酔|転科)(?:は|を|も|から)?(?:[^。、\n]{0,6})(?:やめ|辞め|離れ|卒業|引退|退[いき])|話を(?:終|切)|診療(?:時間)?が?終わ|通話|外来(?:が|を)終|都会を離れ|親元を離|一線を|第一線"
);
// Somebody else leaves.
pattern!(
    ANOTHER,
    r"(?:部下|同僚|同級生|妻|夫|主人|家内|女房|息子|娘|先輩|後輩|前任(?:者)?|前院長|スタッフ|看護師|患者|常勤医|友人|知人|医師|先生|父|母|後継ぎ|二人|2人)(?:が|は|も)[^。\n]{0,20}$|(?:妻|夫|主人|息子|娘)(?:の|\([^)]*\)(?:が|は|も))[^。\n]{0,10}$"
);
// The verb's own ending looks ahead; a bare noun does so where its date does.
// The doctor, as family or secretary call him.
pattern!(
    PATRON,
    r"(?:父|母|主人|夫|祖父|院長|理事長)(?:自身)?(?:は|が|も)[^。\n]{0,20}$"
);
pattern!(
    AHEAD,
    r"^(?:(?:いた|致)?(?:し|なり|となり|になり|を迎え|じ|め|み|き|り|れ|ち|わり|え|ぢ)?(?:ます|申す)|(?:する|となる|になる|を迎える|める|る|む|く|れる|わる|じる)(?:。|、|$|\n|予定|ので|ため|が|と|の|こと|つもり|頃|際|まで)|です|でございます|となります|になります|を控え|間近|予定|ん|よう|。|、|$|\n|\)|が近|まで(?:あと|の|です|。|、|$)|\s)|^(?:とな|にな|を迎え)"
);
pattern!(
    BEHIND,
    r"^(?:(?:いた|致)?し)?(?:まし)?(?:た(?:。|が|、|$|\n|ばかり|後|あと|の(?:で|ち)|身|ところ|者|元|医|\)|\s|ため)|て(?:い(?:ま|る|た)|お|、|か(?:ら|れ)|家|今|フリ|半|一|二|三|数|\d|。|以|し|まいり|は|悠|久|療養|の))|^済|^し候|^(?:し|り|き|じ|め|え|わり|ち|せ|ぢ|れ|いて|って|い|っ|ん)?(?:申|まし(?:た|て)|て(?:い(?:ま|る|た)|お|、|か|家|今|\d|一|半|何|数|以|フ|。|し|は|まい|療養)|、(?:今|いま|現在|以後|以来|その後|悠々|隠居|今年|家)|た(?:。|が|、|$|\n|ばかり|後|あと|の|身|\s|\))|だ(?:。|が|、|後|あと)|\d年|一年|半年)|^(?:後|後は|後の)(?:、|は|フリ|自宅|在宅)|^\(|^(?:し|となり|になり)[^。\n]{0,4}ました|^d\b|^[^.\n]{0,30}(?:last|in 20[012]\d)|^し(?:時間|、)|^で(?:退|辞)"
);
pattern!(
    NO_POST,
    r"無職|専業主[婦夫]|離職中|失業|求職中の身|定年済|退職済|フリーの身|職を離れ(?:、|て|一年|半年|\d)|(?:今|いま|現在)は?、?(?:家に|自宅に|無職|悠々|釣り|ぷー|何もして|隠居|のんびり|畑|在野)|隠居の身|悠々自適|以後はフリー|臨床を離れて\d|(?:子育て|介護|看病)(?:の?ため|で)(?:に)?(?:離職|退職|職を離)|(?:今は|、|現在は|自)家(?:に|で)(?:おり|居り|いる)|辞めて家に|until i closed|between jobs|not working (?:now|at present)|unemployed"
);
// A post that was held until a time: 「昨年の暮れまで老健の施設長をしておりました」.
pattern!(
    UNTIL,
    r"(?:昨年|去年|一昨年|今年|先月|先々月|この(?:春|夏|秋|冬|\d{1,2}月)|\d{1,2}月|年度末|暮れ|年末)(?:の\S{1,4})?まで[^。\n]{0,24}(?:を|で|に|として)(?:して|務めて|勤めて|つとめて|勤務して|働いて|診て|携わって)(?:い|おり)まし?た|まで[^。\n]{0,20}でした(?:。|が)"
);
pattern!(
    HOLDS,
    r"勤務(?:し(?:て(?:い|お)|、)|中|医(?:を|です))|勤め(?:て(?:い|お|ます|る)|ており)|在職|在籍|就業中|仕事中|現職|現:|開業(?:して(?:い|お)|医(?:です|をし|の))|(?:医院|診療所|クリニック)を(?:営ん|経営し|やって|開いて|切り盛り)|本業|自院(?:を|の)|雇われ(?:です|の身)|(?:院長|部長|科長|副院長|准教授|教授|講師|助教|医長|勤務医|管理職|センター長|産業医|所長|管理者)を(?:して(?:い|お)|務め|つとめ|勤め)|(?:病院|大学|クリニック|センター|診療所)(?:に|で|さ)(?:週|通って|通い)?(?:働いて(?:い|お)|週)|(?:病院|センター|大学)で働く|で働く[^。、\n]{0,12}(?:医|です)|(?:育休|産休|休職|休業)(?:から|を終え|が明け|明けで?)[^。\n]{0,10}(?:戻った|戻りま|復帰し|復職し|復帰)|開業(?:して)?\d{1,2}年|(?:の|で)(?:副院長|院長|部長|科長|准教授|教授|医長)(?:です|でございます)|(?:職場|勤務先|勤め先|院内|医局|病院|会社|大学|現職場|上司|院長)(?:の[^。、\n]{1,6})?(?:に|には|へ|へは|にも)(?:は)?[^。、\n]{0,14}(?:知られ|漏れ|言(?:わ|っ|い)|伏せ|内緒|内密|話して|話してい|秘密|電話|掛け|かけ|連絡|ばれ|バレ|気づ|感づ)|(?:の|で)(?:副センター長|所長|施設長|管理者)(?:です|で、|をして)|currently (?:work|employ)|i work\b|i am working|work(?:ing)? at|presently|my (?:present|current) (?:job|post|position|hospital|employer|workplace)"
);
// 今, 現在 and what stands behind: a post, a load of work, pay.
pattern!(
    NOW,
    r"(?:^|[^\p{Han}])(?:今|いま|只今|現在|目下|現状|現時点で)(?:は|の|も|でも|、|では|:|に|のところ、)?\s?(?P<w>[^。\n]{0,30})"
);
pattern!(
    NOW_WORK,
    r"^(?:[^。、\n]{0,20}?)(?:病院|職場|勤務|勤め|給料|給与|年収|年俸|待遇|収入|仕事は|仕事が|センター|大学|クリニック|診療所|医局|部長|科長|医長|教授|講師|助教|院長|当直が|当直を|当直月|オンコールが|残業|週\d|月\d{1,2}回|通勤|片道|\d{3,4}万|\d万|基幹|急性期|開業|パート|こき使|忙し|単身赴任|会社|保健所|老健|施設|担当して|主治医|\d人持ち|外来週|とこ(?:、|は|の|が|辞)|ところ(?:は|の)|のところで|続けて(?:い|お)|出て(?:い|お|ら)|診て(?:い|お))"
);
pattern!(
    NOT_NOW,
    r"^(?:回|後|年|月|度|週[^\d]|春|夏|秋|冬|日[^本]|さら|一度|ひと|一つ|朝|夜|すぐ|まで|より)"
);
pattern!(
    LOAD,
    r"月\d{1,2}回の(?:当直|オンコール|宿直|日直)[^。\n]{0,24}(?:毎日|で(?:疲|、|した|もう)|加え|続き|こなし|限界)|毎晩の(?:呼び出し|オンコール)|連勤で|(?:ER|救命|職場)に戻ります|院長と折り合い|上司と折り合い|出てら"
);
pattern!(
    CHOICE,
    r"(?:○|☑|■|●|◎|✓|レ\]|\(o\)|\[|【|→|:|=|\||】|\]|\s)\s?(?P<w>在職中?|就業中|勤務中|在籍中|退職済み?|退職\(|離職中|無職|退職予定|休職中?|育休中|産休中|休業中|定年退職済|常勤|求職中)(?:\]|】)?"
);
pattern!(
    STATE_LABEL,
    r"^(?:ご)?(?:現在の?(?:状況|状態|勤務|職|身分|就業|ご?所属)|現況|現状|現職|就業状況|就業状態|勤務状況|勤務状態|在職|在職・離職|職業|身分|現在|現$|現勤務先|所属|ご所属|現在の?お勤め|勤務先|now|status|\[?now)"
);

struct Told {
    value: &'static str,
    start: usize,
    end: usize,
}

pub(super) fn status(cx: &Cx, proxy: bool, out: &mut Vec<Fact>) {
    let chosen = by_choice(cx);
    let chosen = match chosen {
        // A post is held, and a date says when it ends.
        Some(c) if c.value == "employed" => ahead(cx, proxy).or(Some(c)),
        c => c,
    };
    let told = chosen
        .or_else(|| ahead(cx, proxy))
        .or_else(|| on_leave(cx, proxy));
    let told = told.or_else(|| {
        let ended = behind(cx, proxy);
        let held = held(cx, proxy);
        match (ended, held) {
            // A post taken up after the one that ended, where it is more than a clinic now and then.
            (Some(e), Some(h)) if h.start > e.end && now_full(cx, h.start) => Some(h),
            (Some(e), _) => Some(e),
            (None, h) => h,
        }
    });
    let Some(told) = told else { return };
    let (cs, _) = cx.doc.clause_at(told.start);
    out.push(fact(
        ProfileField::Status,
        Value::text(told.value),
        cs.min(told.start),
        told.end,
        "profile::status",
    ));
    if matches!(told.value, "retiring" | "retired")
        && let Some((month, d)) = end_of_post(cx, &told)
    {
        out.push(fact(
            ProfileField::RetireOn,
            Value::text(month),
            d.start.min(told.start),
            d.end.max(told.end),
            "profile::retire_on",
        ));
    }
}

/// The clause is the doctor's own, no question, no label without an answer.
fn counts(cx: &Cx, at: usize, proxy: bool) -> bool {
    own(cx, at)
        && !in_label(cx, at)
        && (proxy || !of_another(cx, at))
        && !cx.scope.asked(at)
        && cx
            .doc
            .line_at(at)
            .is_some_and(|l| matches!(l.role, Role::Own | Role::Colleague))
}

/// Somebody else is the subject of the words: 「部下も去年二人辞めて」.
fn of_another(cx: &Cx, at: usize) -> bool {
    let (cs, _) = cx.doc.clause_at(at);
    let quoted = cx.head(at).rfind('「').is_some_and(|i| {
        !cx.head(at).get(i..).unwrap_or_default().contains('」')
            && ANOTHER.is(cx.head(at).get(..i).unwrap_or_default())
    });
    quoted || super::another(cx, at) && ANOTHER.is(cx.doc.text(cs, at))
}

/// A form's field: 「現況　［レ］退職（令和8年3月）」, 「就業状況=就業中」, 「在職　無」.
fn by_choice(cx: &Cx) -> Option<Told> {
    for l in &cx.doc.lines {
        let Some((s, e)) = state_field(cx, l) else {
            continue;
        };
        let label = cx.doc.text(s, e).trim();
        let value = cx.doc.text(e, l.end);
        let ticked = value.contains(['☑', '✓', '●', '○', '◎']) || value.contains("レ]") || {
            value.contains(['[', '【']) && value.contains(['・', '/'])
        };
        let hit = CHOICE.all(value).into_iter().find_map(|c| {
            let all = c.get(0)?;
            let w = c.name("w")?;
            let marked = !all
                .as_str()
                .starts_with([' ', ':', '=', '|', '→', '】', ']']);
            ((marked || !ticked) && !cx.doc.masked(e + w.start()))
                .then(|| (w.as_str(), w.start(), w.end()))
        });
        let Some((word, from, to)) = hit else {
            let none = label.starts_with("在職")
                && value.trim_matches([' ', ':', '|', '=']).starts_with('無');
            if none {
                return Some(Told {
                    value: "retired",
                    start: s,
                    end: l.end,
                });
            }
            // 「現：国保直営病院 常勤」: a post is named and nothing says that it ends.
            if label.starts_with('現') && POST.is(value) && !ENDS.is(value) && !LEAVES.is(value) {
                return Some(Told {
                    value: "employed",
                    start: s,
                    end: l.end,
                });
            }
            continue;
        };
        let value = if word.starts_with("退職予定") {
            "retiring"
        } else if word.starts_with("休") || word.starts_with("育") || word.starts_with("産") {
            "on_leave"
        } else if word.starts_with("退職")
            || word.contains("離職")
            || word == "無職"
            || word.starts_with("定年")
        {
            "retired"
        } else if word == "求職中" {
            continue;
        } else if word == "常勤" || word.starts_with("在") || word.contains('中') {
            // 「在職中、来年3月退職予定」 goes on to say that it ends.
            if ENDS.is(value) && value.contains("予定")
                || value.contains("辞職")
                || value.contains("契約は")
            {
                continue;
            }
            "employed"
        } else {
            continue;
        };
        return Some(Told {
            value,
            start: e + from,
            end: e + to,
        });
    }
    None
}

/// The label of a line that tells of the present post: before a colon, or before a gap.
fn state_field(cx: &Cx, line: &Line) -> Option<(usize, usize)> {
    pattern!(
        GAP,
        r"^[\s●■◆・\d.①-⑳]*(?P<l>現況|現状|現在の状況|現在の状態|就業状況|勤務状況|在職状況|在職|現在|現職|身分)\s+"
    );
    if line.role != Role::Own {
        return None;
    }
    let label = line
        .label
        .filter(|(s, e)| STATE_LABEL.is(cx.doc.text(*s, *e).trim()));
    label.or_else(|| {
        let c = GAP.first(cx.doc.text(line.start, line.end))?;
        let m = c.name("l")?;
        Some((line.start + m.start(), line.start + m.end()))
    })
}

fn on_leave(cx: &Cx, proxy: bool) -> Option<Told> {
    LEAVE_OF_ABSENCE.all(cx.text()).into_iter().find_map(|c| {
        let m = c.get(0)?;
        let rest = cx.rest(m.end());
        (counts(cx, m.start(), proxy) && !BACK.is(rest)).then(|| Told {
            value: "on_leave",
            start: m.start(),
            end: m.end(),
        })
    })
}

struct Leaving {
    start: usize,
    end: usize,
    ahead: bool,
    behind: bool,
}

/// Every clause that tells that the doctor's post ends, with its tense.
fn leavings(cx: &Cx, proxy: bool) -> Vec<Leaving> {
    let text = cx.text();
    let this = cx.today.format("%Y-%m").to_string();
    let mut out = Vec::new();
    let sure = ENDS.all(text).into_iter().map(|c| (c, true));
    let with_post = LEAVES.all(text).into_iter().map(|c| (c, false));
    for (c, sure) in sure.chain(with_post) {
        let Some(m) = c.get(0) else { continue };
        let (cs, ce) = cx.doc.clause_at(m.start());
        if !counts(cx, m.start(), proxy) {
            continue;
        }
        let sentence = cx.doc.sentence_at(m.start());
        let ss = sentence.map_or(cs, |s| s.start);
        let before = cx.doc.text(ss, m.start());
        let clause = cx.doc.text(cs, ce);
        let label = cx
            .doc
            .label_before(m.start())
            .is_some_and(|l| POST.is(l) || ENDS.is(l));
        let near: String = {
            let b: Vec<char> = before.chars().rev().take(30).collect();
            b.into_iter().rev().collect()
        };
        let rest = cx.rest(m.end());
        // To wish to leave is no end that is fixed.
        let only_wished = ["たい", "たく", "ても", "るか", "ようか", "るべき"]
            .iter()
            .any(|w| rest.starts_with(w));
        let part_of_word = only_wished
            || matches!(m.as_str(), "退い" | "退き" | "退く")
                && near.ends_with(['辞', '引', '後', '早', '撤', '減']);
        if part_of_word
            || m.as_str() == "定年" && (rest.starts_with("で退") || rest.starts_with("退"))
            || NOT_A_POST.is(clause)
            || ANOTHER.is(before) && !(proxy && PATRON.is(before))
            || !sure
                && !label
                && !POST.is(&near)
                && !(cx.doc.latin && POST.is(clause))
                && !dated_quit(cx, m.as_str(), ss, m.start(), &near)
            || !sure
                && cx
                    .doc
                    .line_at(m.start())
                    .is_some_and(|l| l.context.strength.is_some())
        {
            continue;
        }
        let already = near.contains("既に") || near.contains("すでに");
        let mut behind =
            already || BEHIND.is(rest) || matches!(m.as_str(), "closed" | "left" | "retired");
        // To have left the 医局 long ago is not to be without a post.
        if behind && near.contains("医局") && !near.contains("病院") {
            continue;
        }
        let mut ahead = AHEAD.is(rest) && !behind || announced(rest);
        if m.as_str().starts_with("まで") || cx.head(m.start()).ends_with("will ") {
            ahead = true;
            behind = false;
        }
        if let Some(d) = nearest(cx, m.start()) {
            let month = d.value.get(..7).unwrap_or(&d.value);
            if month < this.as_str() {
                behind = behind || !announced(rest);
                ahead = ahead && !behind;
            } else if announced(rest) || !behind {
                ahead = true;
                behind = false;
            }
        }
        if announced(rest) {
            behind = false;
            ahead = true;
        }
        if ahead || behind {
            out.push(Leaving {
                start: m.start(),
                end: m.end() + first_words(rest),
                ahead,
                behind,
            });
        }
    }
    out.sort_by_key(|l| l.start);
    out
}

/// 「来年6月末で辞めるつもり」: to quit on a date is to quit a post, where nothing else is quit.
fn dated_quit(cx: &Cx, word: &str, from: usize, at: usize, near: &str) -> bool {
    let quits = [
        "辞",
        "退",
        "閉",
        "身を引",
        "看板",
        "出ること",
        "離れ",
        "終",
        "閉",
    ]
    .iter()
    .any(|w| word.starts_with(w));
    let other = near.ends_with("を") && !POST.is(near)
        || cx
            .things
            .iter()
            .any(|t| from <= t.start && t.end <= at && at - t.end < 12);
    quits
        && !other
        && cx
            .dates
            .iter()
            .any(|d| from <= d.start && d.end <= at && d.value != "asap")
        || near.contains("私はあと") && word.contains("続けません")
        || quits && near.ends_with('、') && near.contains("今の")
}

/// What has been announced or decided lies ahead, in whatever tense it is told.
fn announced(rest: &str) -> bool {
    pattern!(
        SAID_AHEAD,
        r"^[^。\n]{0,22}?(?:予定|つもり|ことに(?:し|な|いた|決)|決ま|受理|申し出|意向|所存|届|する話|話が|よう(?:と|か)|まであと|まで半年|のは決)|^(?:た|る)(?:あと|後)[^。\n]{0,30}(?:たい|希望)|^日(?:は|が|:|\s)"
    );
    SAID_AHEAD.is(rest)
}

fn first_words(rest: &str) -> usize {
    rest.char_indices()
        .take_while(|(_, c)| !"。、\n)".contains(*c))
        .take(8)
        .map(|(i, c)| i + c.len_utf8())
        .last()
        .unwrap_or(0)
}

fn ahead(cx: &Cx, proxy: bool) -> Option<Told> {
    leavings(cx, proxy)
        .into_iter()
        .filter(|l| l.ahead)
        .min_by_key(|l| {
            let month = nearest(cx, l.start).map(|d| d.value.clone());
            (month.is_none(), month, l.start)
        })
        .map(|l| Told {
            value: "retiring",
            start: l.start,
            end: l.end,
        })
}

fn behind(cx: &Cx, proxy: bool) -> Option<Told> {
    let none = NO_POST
        .spans(cx.text())
        .into_iter()
        .find(|(s, _)| counts(cx, *s, proxy));
    // The last post that ended is the one that counts.
    let until = || {
        UNTIL
            .spans(cx.text())
            .into_iter()
            .find(|(s, _)| counts(cx, *s, proxy))
            .map(|(start, end)| Told {
                value: "retired",
                start,
                end,
            })
    };
    let left = leavings(cx, proxy)
        .into_iter()
        .filter(|l| l.behind)
        .max_by_key(|l| (nearest(cx, l.start).is_some(), l.start));
    match (left, none) {
        (Some(l), _) => Some(Told {
            value: "retired",
            start: l.start,
            end: l.end,
        }),
        (None, Some((start, end))) => Some(Told {
            value: "retired",
            start,
            end,
        }),
        _ => until(),
    }
}

fn held(cx: &Cx, proxy: bool) -> Option<Told> {
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
    let ended = ["でまい", "でおりまし", "でいまし", "できまし", "てまい"]
        .iter()
        .any(|w| rest.starts_with(w));
    over || ended
        || before_now
        || rest.contains("ことに相成")
        || rest.contains("ことになりました")
        || line_wish && !clause.contains("現") && !clause.contains('今')
        || rest.starts_with("したい")
        || rest.starts_with("を希望")
        || word.starts_with("在籍") && rest.contains("医局への")
        || word.starts_with("勤務") && (rest.starts_with("の先生") || rest.starts_with("希望"))
}

fn now_full(cx: &Cx, at: usize) -> bool {
    let clause = cx.sentence(at);
    let now = ["現在", "今は", "いまは", "以後", "その後"]
        .iter()
        .any(|w| clause.contains(w));
    let little = ["週1", "週に1", "月1", "月2", "週2"]
        .iter()
        .any(|w| clause.contains(w));
    now && !little
}

/// A form's label is no answer.
fn in_label(cx: &Cx, at: usize) -> bool {
    let Some(line) = cx.doc.line_at(at) else {
        return false;
    };
    let Some((s, e)) = line.label else {
        return false;
    };
    let value = cx
        .doc
        .text(e, line.end)
        .trim_matches([' ', ':', '=', '|', ']', '】', '-', '\u{2192}']);
    s <= at
        && at < e
        && (!value.contains(|c: char| c.is_ascii_digit())
            || value.starts_with("なし")
            || value.starts_with('無'))
}

/// The month in which the post ends or ended.
fn end_of_post<'c>(cx: &'c Cx, told: &Told) -> Option<(String, &'c DateHit)> {
    let d = nearest(cx, told.start).or_else(|| {
        // A form's line may be cut into fields: 「⑧在職 無 ／ ⑨退職 平成31年3月」.
        let line = cx.doc.line_at(told.start)?;
        cx.dates.iter().find(|d| {
            told.start <= d.start
                && d.end <= line.end
                && !cx.doc.text(told.start, d.start).contains('。')
                && ENDS.is(cx.doc.text(told.start, d.start))
        })
    })?;
    let month = d.value.get(..7).unwrap_or(&d.value).to_owned();
    let dated = cx.doc.text(d.start, d.end);
    let month = if told.value == "retired" && !dated.contains(['年', '/', '-']) {
        super::past(month, cx)
    } else {
        month
    };
    Some((month, d))
}

/// The date of the sentence that stands closest, before the word rather than behind it.
fn nearest<'c>(cx: &'c Cx, at: usize) -> Option<&'c DateHit> {
    let s = cx.doc.sentence_at(at)?;
    cx.dates
        .iter()
        .filter(|d| s.start <= d.start && d.end <= s.end && d.value != "asap")
        .filter(|d| !cx.rest(d.end).starts_with("から"))
        .min_by_key(|d| {
            if d.start <= at {
                at - d.start
            } else {
                (d.start - at) * 2
            }
        })
        .filter(|d| d.start <= at || d.start - at < 60)
}
