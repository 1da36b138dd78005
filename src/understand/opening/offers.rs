//! What a post offers, in words that only offers use: housing, ways to come, no limit of age, kinds of house.

use super::{Found, denied, own};
use crate::domain::wish::{Field, Value};
use crate::understand::pattern::{Pattern, pattern};
use crate::understand::rules::Cx;
use std::sync::LazyLock;

// What a post has, in words that a wish would not be said in.
const OFFERS: &[(Field, &str, &str)] = &[
    (
        Field::Benefit,
        "training",
        r"(?:指導医|先輩|ベテラン|常勤医|院長|先任|いまの[^。、\n]{0,6}先生)[^。\n]{0,16}?(?:お教え|教えます|教える|教えて|[付つ](?:いて(?:指導|教)|きます|く(?:ので|ため|から|。))|マンツーマン|手ほどき)|研修(?:に|へ)(?:派遣|参加)|(?:丁寧|一から|いちから|しっかり|ゼロから)[^。\n]{0,6}(?:教え|指導)|指導体制(?:を|が|も|あり)|研修(?:制度|プログラム|あり|支援)|取得(?:を)?支援|研修期間(?:を|も|が)?(?:設け|あり|ござい(?:ます|まし))",
    ),
    (
        Field::Benefit,
        "car_commute",
        r"お?車で(?:お越し|通勤|来て|おいで)[^。\n]{0,16}?(?:とめられ|停められ|止められ|置け|駐車)",
    ),
    (
        Field::Benefit,
        "side_job",
        r"(?:外勤|アルバイト|バイト|他院(?:で)?の勤務|兼務)(?:日)?(?:は|も|を|が)?[^。、\n不]{0,6}?(?:可(?:能|$|[。、\s])|認め(?:ます|て(?:い|お))|構いません|差し?支え(?:あり|ござい)|自由)",
    ),
    (Field::Relocation, "yes", r"転居(?:を伴|していただ|いただ)"),
    (
        Field::Benefit,
        "housing",
        r"お泊まりいただける|宿泊(?:所|施設|室)(?:が|を|も|あり|完備)|泊まれる(?:部屋|お部屋)|住宅手当|家賃補助|(?:公舎|マンション|1軒家|戸建て?|貸家|借家|住むところ|住む所|官舎|社宅|お?部屋|お?住まい|住居)(?:を|が|は|も|の)?[^。、\n]{0,12}(?:用意(?:し|いた|が|、|。|$)|手配(?:し|いた|が)|お取りし|お貸し|貸与|借り?上げ|提供|ござい(?:ます|まし)|あり(?:ます|$|。)|新築|無償|無料)|医師(?:用)?(?:公舎|マンション|アパート|寮|宿舎)|家賃(?:は|の)[^。、\n]{0,10}(?:負担|補助|無料|全額|持ち)|(?:furnished|free|rent-free|company|staff|hospital) (?:flat|house|housing|apartment|accommodation|room)|(?:house|flat|apartment|accommodation|housing|lodging)(?: and [a-z ]{1,12})? (?:is|are|will be|can be) (?:provided|free|included|available|arranged|waiting)|(?:house|housing|flat|apartment|accommodation) provided|we (?:provide|offer|have)[^.\n]{0,24} (?:house|flat|apartment|accommodation|housing)|rent-free|(?:lodging|accommodation|housing)[^.\n]{0,24} included",
    ),
    (
        Field::Relocation,
        "with_family",
        r"(?:ご家族|ご一家|ご夫婦|ご夫妻)(?:で|と|連れ|帯同|同伴|ぐるみ|揃って|そろって|ご一緒|皆様|全員)(?:で|の|も|でも|ご一緒)?(?:の|も)?[^。、\n不]{0,12}(?:お越し|赴任|転居|入居|居住|お?住まい|歓迎|可|結構|構いません|大丈夫)|家族連れ(?:でも|も|で|の方も)?[^。、\n不]{0,10}(?:歓迎|可|結構|構いません|大丈夫)|(?:famil(?:y|ies)|spouses?)[^.\n]{0,12} welcome|(?:奥様|奥さま|お子様|お子さま|配偶者|ご主人)[^。、\n]{0,10}(?:ご?一緒|ご?同伴|お連れ|帯同)|bring (?:your|the|a) (?:family|spouse|wife|husband)",
    ),
    (
        Field::Relocation,
        "alone",
        r"単身(?:で|赴任)(?:の|も)?[^。、\n不]{0,12}(?:も歓迎|歓迎|も可|可)",
    ),
    (
        Field::Employment,
        "contract",
        r"嘱託(?:医|産業医|職員|で|として|契約|の(?:医師|産業医|職員|身分|形|契約))|契約は1年ごと|1年契約|1年(?:ごと|毎)の?(?:契約)?更新|任期(?:付|(?:は|:|\s)?\s?\d+\s?(?:年|か月))",
    ),
    (
        Field::Employment,
        "full_time",
        r"(?:^|[^非\p{Han}短])常勤(?:医師|医)?\s?\d名",
    ),
    (Field::Employment, "part_time", r"非常勤(?:医師|医)?\s?\d名"),
    (
        Field::Employment,
        "spot",
        r"代わりに[^。\n]{0,8}(?:外来|診療)を[^。\n]{0,4}(?:診て|担当|お願い)|代診|単発|スポット",
    ),
    (
        Field::Institution,
        "small",
        r"小さな[^。、\n]{0,4}(?:病院|診療所|クリニック)|小規模[^。、\n]{0,3}(?:病院|クリニック)|中小病院",
    ),
    (
        Field::Institution,
        "long_term",
        r"(?:医療)?療養(?:型|病床|病棟)?\s?\d{2,3}床|療養(?:型)?病院|慢性期",
    ),
    (
        Field::Institution,
        "psychiatric",
        r"精神(?:科)?(?:病床|病棟)?\s?\d{2,3}床",
    ),
    (
        Field::Benefit,
        "car_commute",
        r"(?:お?車|マイカー|自家用車|自動車)(?:で|の方は|も|は|通勤|、)(?:の|も|は|の?ご?通勤(?:も|は)?)?[^。、\n不禁]{0,12}(?:可|ok|どうぞ|お越し(?:いただけ|に)|駐(?:め|車でき|車いただけ)|停め(?:ら|て|い)|いただけます|でき(?:ます|る)|構いません|結構|通えます|歓迎|認め(?:て(?:い|お)?り?ます|ます))|(?:お車|マイカー|自家用車|自動車)(?:通勤)?(?:可|ok|歓迎)|free parking|駐車(?:スペース|場所|できる場所)[^。、\n]{0,8}(?:確保|用意|あり(?:ます|$)|ござい(?:ます|まし))|\bpark (?:in|at|on|here|for free|outside|behind|right)",
    ),
    (
        Field::Benefit,
        "travel_cost",
        r"(?:特急|新幹線|航空|飛行機|船|フェリー|タクシー|ガソリン|高速|お車|電車|鉄道|往復|移動|引っ?越し?)(?:代|券|賃|費用?|料金)(?:は|を|も|の)?[^。、\n]{0,16}(?:支給|負担|支払|出し|出る|手配|包み|実費|全額|お持ち)|新幹線[^。、\n]{0,12}定期代|定期代(?:は|を|も)?[^。、\n]{0,8}(?:支給|負担|出し|出す|全額)|(?:flights?|fares?|airfares?|travel)[^.\n]{0,14} (?:(?:are|is|will be) )?(?:paid|covered|reimbursed|refunded|met)|we (?:will |would |can |also ){0,2}(?:pay|cover|refund|reimburse)[^.\n]{0,16} ?(?:flights?|fares?|travel|moving)|通勤(?:に(?:かかる|要する)|の)?費用?(?:は|を|も)?[^。、\n]{0,10}(?:支払|負担|支給|全額)",
    ),
    (
        Field::Benefit,
        "support_staff",
        r"入力係|代行入力|(?:カルテ|記録)の?入力[^。、\n]{0,12}(?:代行|補助|いたします|お手伝い|係|スタッフ|任せ)|入力(?:の|を)?(?:補助|担当|専任)",
    ),
    (
        Field::Benefit,
        "research_day",
        r"研究日扱い|研究に(?:出|行)[^。、\n]{0,10}(?:ok|可|結構|構いません|認め)",
    ),
    (
        Field::Role,
        "teaching",
        r"(?:研修医|専攻医|学生|若手|若い[^。、\n]{0,6}|後輩|後進)[^。、\n]{0,16}(?:教え|ご?指導)(?:て|を|も)?[^。、\n]{0,8}(?:いただ|頂|お願い|ください|下さい)|(?:講義|授業|講座)(?:を|の)?(?:担当|お願い|$|[、。\s])|指導医(?:を|の先生を)[^。、\n]{0,8}(?:募集|迎え|探|求)",
    ),
    (
        Field::CommuteMode,
        "bus",
        r"(?:社員|職員|送迎|シャトル|病院|施設|通勤|専用|無料)(?:の|用の?)?(?:送迎|シャトル|マイクロ)?バス(?:$|[^停])",
    ),
    (Field::Shift, "afternoon", r"\(午後[。)、]"),
    (Field::Shift, "morning", r"\(午前[。)、]"),
];
type Offer = (Field, &'static str, Pattern);
static OFFER_WORDS: LazyLock<Vec<Offer>> = LazyLock::new(|| {
    OFFERS
        .iter()
        .map(|(f, v, p)| (*f, *v, Pattern::new(p)))
        .collect()
});

/// Reads them.
pub(super) fn words(cx: &Cx, found: &mut Vec<Found>) {
    let mixed = found.iter().any(|f| f.field == Field::Beds) && BED_KINDS.is(cx.text());
    for (field, value, pattern) in OFFER_WORDS.iter() {
        for (start, end) in pattern.spans(cx.text()) {
            let rest = cx.rest(end);
            let clause = cx.clause(start);
            let past = clause.contains("ましたが") || clause.contains("いたところ");
            // 療養病床 inside a general hospital does not make it one.
            let inside = *value == "long_term" && mixed && cx.doc.text(start, end).contains('床');
            let staff = *field == Field::Employment
                && (["体制", "在籍", "現在", "足り"]
                    .iter()
                    .any(|w| clause.contains(w))
                    || rest.starts_with('で') && *value != "contract"
                    || rest.starts_with('、') && cx.sentence(start).contains("みて"));
            // A room to rest in on duty is no home.
            let rest_room = *value == "housing" && ROOM_ON_DUTY.is(cx.head(start));
            if own(cx, start) && !rest_room && !denied::absent(rest) && !past && !inside && !staff {
                found.push(Found {
                    field: *field,
                    value: Value::text(*value),
                    start,
                    end,
                    rule: "opening::offer",
                });
                break;
            }
        }
    }
}

pattern!(
    ROOM_ON_DUTY,
    r"(?:お休みになる|お休みいただく|仮眠|休憩|控え|更衣|当直(?:用の?|の|室)?|専用の?)(?:[^。、\n]{0,6})$"
);
pattern!(
    BED_KINDS,
    r"一般(?:病床)?\s?\d{2,3}床|一般病床と|急性期|回復期[^。\n]{0,12}\d{2,3}床"
);

pattern!(
    NO_AGE,
    r"年[齢令][^。\n]{0,6}(?:不問|問い?ません|問わ)|定年(?:は|の?定め(?:は|も)?|制度?は)?\s{0,4}(?:なし|あり?ません|ございません|設けて(?:い|お)?り?ません)|[6-9]\d(?:歳|才)?(?:代|近い|前後|過ぎ|を過ぎ(?:た|られた)|を越え(?:た|られた)|を超え(?:た|られた))の?(?:先生|医師|ドクター|方)[^。\n]{0,16}?(?:歓迎|現役|活躍|元気に|勤務して|働いて)|retired (?:doctors?|surgeons?|physicians?|[a-z]+ists?) (?:are |is )?(?:very |most )?welcome|\d{2}代[^。\n]{0,40}(?:歓迎|活躍)|\d{2}(?:才|歳)(?:くらい)?まで(?:なら)?[^。\n]{0,8}(?:問題|大丈夫|可)|[6-9]\d(?:才|歳)(?:くらい|ぐらい)?までの(?:方|先生)(?:でしたら|なら|であれば)、?[^。\n]{0,6}?(?:喜んで|歓迎|お迎え|ぜひ)|doctors in their (?:sixties|seventies)[^.\n]*welcome|年[齢令]】?不問|シニア歓迎"
);
// 「七十を越えた先生でも構いません」, 「お年も問いません」, 「年齢の上限はございません」.
pattern!(
    NO_AGE_TOLD,
    r"(?:年[齢令]|お年|お歳)(?:の?(?:上限|制限)|による制限)?(?:は|も|に|の|を|で)?[\s:|]{0,4}[^。、\n]{0,4}?(?:なし(?:$|[^か])|問題(?:に|と)(?:し|いたし)ません|問い?ません|問わ|気に(?:し|いたし)ません|ありません|ございません|設けて(?:い|お)?り?ません|こだわり|区切り?(?:りま)?せん)|(?:[6-9]\d(?:歳|才|代)?|何歳|おいくつ|還暦|古希|喜寿|傘寿)(?:以上|前後|台|後半|を(?:越え|超え|過ぎ|迎え)(?:られた|た|て)|過ぎ|くらい)?の?(?:先生|医師|方|ドクター|ベテラン)?(?:方)?(?:で|に|も|を|は)(?:も|は)?[^。\n]{0,16}?(?:歓迎|お元気|構いません|かまいません|構わな|結構|大丈夫|問題(?:は)?(?:あり|ござい|な)|お迎え|来ていただいて(?:い|お)|活躍|お願いでき|ありがた|ok|可(?:$|[。、」)\s]))|(?:ご?高齢|ご?年配|ご?年輩|シニア|ベテラン|定年(?:退職)?後|退職後|引退後)の?(?:先生|医師|方|ドクター)(?:方)?(?:で|に|も|を)(?:も)?[^。\n]{0,14}?(?:歓迎|構いません|結構|大丈夫|問題(?:は)?(?:あり|ござい|な)|お迎え|可)|no (?:upper )?(?:age limit|limit of age|retirement age)|age is (?:no|not an?|never an?) [a-z]+|(?:any|whatever) age|(?:do not|don't) mind (?:your|the|about) age|(?:doctors|physicians|colleagues) (?:over|above|past|in their) [a-z\d]+[^.\n]{0,24} welcome|regardless of age"
);
pattern!(
    NOT_OF_DOCTORS,
    r"患者|入所者|利用者|住民|受診者|平均|年齢層|まで(?:と|の方|に限)"
);

/// That age is no bar.
pub(super) fn no_age_limit(cx: &Cx, found: &mut Vec<Found>) {
    for (p, told) in [(&NO_AGE, false), (&NO_AGE_TOLD, true)] {
        for (s, e) in p.spans(cx.text()) {
            if own(cx, s) && !(told && NOT_OF_DOCTORS.is(cx.clause(s))) {
                found.push(Found {
                    field: Field::Benefit,
                    value: Value::text("no_age_limit"),
                    start: s,
                    end: e,
                    rule: "opening::age",
                });
            }
        }
    }
}

/// The means to come that a house offers or pays.
pub(super) fn means(cx: &Cx, found: &mut Vec<Found>) {
    pattern!(
        BY_SHINKANSEN,
        r"新幹線(?:で(?:の)?(?:ご?通勤|通|お通い)|通勤|代|の?定期|を(?:使|利用))"
    );
    for (s, e) in BY_SHINKANSEN.spans(cx.text()) {
        if own(cx, s) && !denied::absent(cx.rest(e)) {
            found.push(Found {
                field: Field::CommuteMode,
                value: Value::text("shinkansen"),
                start: s,
                end: e,
                rule: "opening::means",
            });
        }
    }
}
