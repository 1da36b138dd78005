//! What a mail is.

use super::Input;
use super::pattern::pattern;
use super::rules::Cx;
use crate::domain::wish::MessageKind;

pattern!(
    MACHINE_SUBJECT,
    r"自動応答|自動返信|不在通知|不在のお知らせ|開封済|既読|undelivered|delivery status|returned mail|failure notice|out of office|automatic reply|auto:|^承諾:|^辞退:|^仮承諾:|^accepted:|^declined:|read:|配信不能|配達不能|受付完了のお知らせ"
);
pattern!(
    MACHINE_TEXT,
    r"このメールは自動送信|本メールは(?:送信専用|自動)|自動で配信|に開封されました|この招待を(?:承諾|辞退)|this is the mail system|メール(?:の(?:お返事|確認|返信)|を確認)が?(?:でき(?:ません|ない)|いたしかね)|返信しないでください|送信専用アドレス|could not\s+be delivered|自動応答|i am (?:currently )?out of (?:the )?office|自動返信|不在にして|受け付けいたしました"
);
pattern!(
    FORM,
    r"フォーム(?:から|より|に)|登録フォーム|求職登録|新規登録|新しい会員|求職フォーム|申込区分|登録がありました|新着(?:通知|\d件|の求職)|登録を?票|登録票"
);
pattern!(
    PHISH,
    r"ログイン(?:し|の)|本人確認|アカウントを|容量(?:超過|が上限)|bank details|risk free|million through|クーポン|ウェビナー|補助金申請|初期費用|成約手数料|弊社(?:システム|サービス|では)|導入(?:クリニック|団体|実績)|お申し込みはこちら|無料トライアル|ご提案の機会|seo|広告|キャンペーン|資料請求|紹介手数料は業界|業界最安|人材紹介(?:会社|サービス)|医師紹介サービスを運営|special offer|unsubscribe|investment|lottery|料金プラン|月額[\d,]+円"
);
pattern!(
    OPT_OUT,
    r"(?:登録|名簿)(?:を|から|の)(?:抹消|消し|削除|外して|取り消)|登録の抹消|配信停止|配信を(?:停止|止め)|(?:メール|案内|ご案内)(?:は|を|も)?(?:、)?(?:もう)?(?:止め|やめ|不要|結構|送らない|停止)|もう止めて|送付先から|個人情報(?:を|の)(?:削除|開示|破棄|消去|利用停止)|情報もすべて破棄|退会(?:し|を|の|希望)|copy of all personal data|disclosure of my personal|unsubscribe me|delete my (?:data|registration|personal)|remove me from|データの削除|情報の開示|開示請求|stop sending"
);
pattern!(
    KEEP,
    r"名簿からは消さず|登録はそのまま|残して(?:おい|くだ|下|置)|消さずに"
);
pattern!(
    OFFER,
    r"募集(?:いたし|し(?:て(?:い|お)|ます|たい)|をお願い|2件|のお知らせ|です|中の)|医師募集|ご紹介(?:賜|をお願い(?:でき|いた|し)|いただけ(?:ます|れば)|ください)|求人(?:票|の内容|です|を(?:お願い|出し)|内容変更|掲載|の件|に?ついて)|公募|先生を(?:探して|募集|お迎え|ご紹介|お願い|1名|2名)|先生にお越し|お迎えした(?:く|い)|先生(?:が|は)いらっしゃ(?:いましたら|れば)|お願いできる方がいらっしゃ|先生(?:が|は)足りません|非常勤募集ですが|募集人数は|後任の(?:先生|医師)|募集を取り下げ|打ち切らせ|差し替えを|登録内容の直し|募集の訂正|募集ですが|1人ほしい|先生探して|hire|vacancy|we are looking for a (?:doctor|physician)|we would like to hire|職医師|勤務医を(?:探し|募集)|医師(?:の|を)(?:探し|募集|ご紹介)|お力添え願え|先生(?:が|を)必要|代診の先生|ご紹介の際"
);
pattern!(
    INSTITUTION,
    r"当院|当法人|こどもクリニック|老人ホーム|巡回健診サービスの|当施設|弊院|当センター|当クリニック|町役場|市役所|当社|本町|本市|本県|事務長|人事(?:課|部|グループ|係|の)|採用(?:係|担当)|総務(?:課|部|の)?|医局秘書|【施設名】|施設名|事務部|■施設|理事会|院長の妻|クリニックを(?:開い|開業)|practice manager|our clinic|our hospital|うちの働き方|うちみたいな|病床|(?:病院|クリニック|医院|センター|診療所|の里|の丘)の[\p{Han}]{1,4}(?:です|と申|でござ)|療養病院の"
);
pattern!(
    ASKS_SERVICE,
    r"まだ何科の|お話を伺いたい|協定|紹介手数料は|手順と|お願いできるもの(?:なん)?でしょう|求人を出す場合|ご意向を伺|という(?:くらい)?の?段階|利用方法|どのように(?:お願い|依頼)|サービスについて|仕組みを|まだ(?:院内で)?(?:固まって|決まって)(?:い|お)(?:ません|りません)[^\n]{0,40}(?:教え|伺)"
);
pattern!(
    NOT_DOCTOR,
    r"看護師(?:歴|を|として(?:働|\d)|でも|です)|薬剤師(?:です|として)|記者|新聞|連載|取材|往診してくださる|通院に片道|survey|questionnaire|research group|着任して|お世話になっております[^\n]{0,8}着任|会場|貸会議室|患者(?:です|の家族)|父のことでご相談|診てもらえる|アンケートにご協力"
);
pattern!(
    DOCTOR,
    r"医師|医です|科医|専門医|内科|外科|科を|求職|転職|転科|勤務(?:先|地|日)|当直|非常勤|常勤|先生|バイト|register|physician|doctor|psychiatrist|anesthesi|医者|科の|科[、。\s]"
);
pattern!(
    THANKS,
    r"心より感謝|お骨折りのおかげ|無事に着任|御礼のみ|お礼まで"
);
pattern!(
    UPDATE,
    r"ご紹介いただいた|ご紹介ありがとう|先日は?(?:ありがとう|お)|面談(?:ありがとう|の(?:お礼|折))|前回の(?:メール|お)|登録(?:いたし|し)(?:まし|た)[\p{Han}]{0,4}(?:本|です|井|、)|登録(?:済|no)|案\s?\d|案[A-Ea-e]|候補[先a-d]|ご紹介の件(?:です|は|、|で|\s)|変更(?:を|でお願い|させて|してください|お願い|です)|取り下げ|外して(?:くだ|下|もら|いただ|、)|追加(?:・変更|で一点|してください|させ|です)|訂正です|以前お伝え|お伝えして|先般|登録から(?:半|\d)|にかわりに|条件(?:の|を)(?:見直|変更|再確認|追加)|登録はそのまま|お返事です|返信遅く|訂正だけ|前に「|希望から消し|登録した|前回は書きません|条件について補足|お断り(?:になりました|の理由)|だいぶ変わり|事情が(?:少し)?変わ|話変わっ|ご案内の\d件|先日の|こないだの|どうぞ進めて|拝見しました|面談、|行間に書き|下に書き込み|お(?:言葉|待たせ)|昨夏は|当面ご紹介は|条件再考|閉院が半年早ま|下に直接書き|結構なお話|お話、前向き|矢印のところ|のお返事|先週ご紹介|ご紹介の[\p{Han}]{2}|先生\(登録|updated|thanks for the list|correction to|what i told you|希望の追加"
);
pattern!(
    REPLY,
    r"^(?:re|fwd?|返信|転送)\s?[:：]|回答|訂正(?:$|[^し])|変更|追伸|補足|追加|一時休止"
);
pattern!(
    SELLS,
    r"doctors available|candidates|登録医師を多数|即戦力の医師をご紹介"
);

/// Decides the kind.
pub fn read(cx: &Cx, input: &Input) -> MessageKind {
    let own = own_words(cx);
    let own = own.as_str();
    let subject = super::normalize::Norm::new(input.subject).text;
    let form = FORM.is(own) && !own.contains("お問い合わせ種別")
        || FORM.is(&subject)
        || own.contains("希望勤務")
        || own.contains("ご希望の働き方");
    if !form && PHISH.is(own) && (strong_sale(own) || !DOCTOR.is(own)) {
        return MessageKind::Sales;
    }
    if !form && (input.automatic || MACHINE_SUBJECT.is(&subject) || MACHINE_TEXT.is(own)) {
        return MessageKind::Automatic;
    }
    if !form && own.contains("配信停止は") {
        return MessageKind::Automatic;
    }
    if OPT_OUT.is(own) && !KEEP.is(own)
        || subject.contains("配信停止")
        || subject.contains("登録の抹消")
    {
        return MessageKind::OptOut;
    }
    let institution = INSTITUTION.is(own) && !own.contains("募集する可能性");
    if NOT_DOCTOR.is(own) && !form && !(institution && ASKS_SERVICE.is(own)) {
        return MessageKind::General;
    }
    if !form && institution {
        if ASKS_SERVICE.is(own) {
            return MessageKind::InstitutionInquiry;
        }
        if OFFER.is(own) || OFFER.is(&subject) {
            return MessageKind::Opening;
        }
    }
    if !form
        && (own.contains("先生を探して")
            || own.contains("先生探して")
            || own.contains("施設名")
            || own.contains("■募集")
            || own.contains("募集いたします"))
    {
        return MessageKind::Opening;
    }
    if THANKS.is(own) {
        return MessageKind::General;
    }
    let again = form
        && (own.contains("前回") || own.contains("先般") || own.contains("先日"))
        && (subject.contains("追加") || subject.contains("変更"));
    if again {
        return MessageKind::DoctorUpdate;
    }
    if !form && (input.known_doctor || is_update(cx, own, &subject)) {
        return MessageKind::DoctorUpdate;
    }
    if form || DOCTOR.is(own) || !cx.depts.is_empty() {
        return MessageKind::DoctorInquiry;
    }
    if SELLS.is(own) || PHISH.is(own) {
        return MessageKind::Sales;
    }
    MessageKind::General
}

fn strong_sale(own: &str) -> bool {
    [
        "弊社",
        "クーポン",
        "ログイン",
        "初期費用",
        "ウェビナー",
        "bank details",
        "risk free",
        "容量",
        "月額",
    ]
    .iter()
    .filter(|w| own.contains(**w))
    .count()
        >= 1
}

fn own_words(cx: &Cx) -> String {
    let mut own = String::new();
    for l in &cx.doc.lines {
        if matches!(l.role, super::doc::Role::Own | super::doc::Role::Signature) {
            own.push_str(cx.doc.text(l.start, l.end));
            own.push('\n');
        }
    }
    own
}

/// A mail of someone already in contact.
fn is_update(cx: &Cx, own: &str, subject: &str) -> bool {
    let quoted = cx
        .doc
        .lines
        .iter()
        .any(|l| l.role == super::doc::Role::Quoted);
    let answers = REPLY.is(subject);
    let introduces = own.contains("はじめまして")
        || own.contains("初めて")
        || own.contains("登録を希望")
        || own.contains("登録希望");
    if introduces && !quoted {
        return false;
    }
    quoted || answers || UPDATE.is(own) && !new_person(own)
}

fn new_person(own: &str) -> bool {
    let signs = [
        "と申します",
        "といいます",
        "歳",
        "才",
        "新規",
        "専門医",
        "経歴",
        "卒",
    ];
    signs.iter().filter(|w| own.contains(**w)).count() >= 2
}
