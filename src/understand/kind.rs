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
    PITCH,
    r"ログイン(?:し|の)|本人確認|アカウントを|容量(?:超過|が上限)|bank details|risk free|million through|クーポン|ウェビナー|補助金申請|初期費用|成約手数料|弊社(?:システム|サービス|では|は[^。\n]{0,14}(?:運営|提供|支援))|導入(?:クリニック|団体|実績|をご検討)|お申し込みはこちら|無料トライアル|ご提案の機会|seo|広告|キャンペーン|資料請求|紹介手数料は業界|業界最安|人材紹介(?:会社|サービス)|医師紹介サービスを運営|special offer|investment|lottery|料金プラン|月額[\d,]+円"
);
// Signs of a pitch that outweigh every word of medicine in it.
pattern!(
    SURE_PITCH,
    r"弊社(?:システム|サービス|では|は[^。\n]{0,14}(?:運営|提供|支援))|クーポン|ログイン|初期費用|ウェビナー|bank details|risk free|容量(?:超過|が上限)|月額[\d,]+円|登録医師(?:数)?[\d,]+|採用課題を解決|無料トライアル|即戦力の医師|(?:doctors|candidates) available|special offer|医師紹介サービスを運営|成約手数料"
);
pattern!(
    OPT_OUT,
    r"(?:登録|名簿)(?:を|から|の)(?:抹消|消し|削除|外して|取り消|解除)|登録の抹消|配信停止|配信を(?:停止|止め)|(?:メール|案内|ご案内)(?:は|を|も)?(?:、)?(?:もう)?(?:止め|やめ|不要|結構|送らない|停止)|もう止めて|送付先から|(?:個人情報|個人データ|私の情報|登録情報|私のデータ)(?:を|の)[^。\n]{0,6}(?:削除|開示|破棄|消去|利用停止)|情報もすべて破棄|退会(?:し|を|の|希望)|copy of (?:all|the|my) (?:personal )?data|disclosure of my|unsubscribe me|(?:delete|erase|remove) (?:my|all my) (?:data|registration|personal|account|details)|remove me from|データの削除|情報の開示|開示請求|stop sending|opt(?:ing)? out"
);
pattern!(
    KEEP,
    r"名簿からは消さず|登録はそのまま|残して(?:おい|くだ|下|置)|消さずに"
);
// Who speaks: a house by its own name, its office, or as 当院.
pattern!(
    HOUSE_SPEAKS,
    r"(?:病院|クリニック|医院|診療所|センター|医療院|老健|老人ホーム|保健施設|の里|の丘|苑|荘|保健所|株式会社|役場|市役所|町役場|区役所|県庁|法人[\p{Han}\p{Hiragana}]{1,8}会|健診サービス|整形外科|ホスピタル|(?:医療院|ホーム|施設)[\p{Han}\p{Hiragana}]{1,8}(?:の[里丘])?)(?:\([^)\n]{0,60}\))?(?:(?:の|、|\s){0,2}(?P<of>[\p{Han}\p{Katakana}ー の・、(\)]{0,18}?|[\p{Han}]{2,10}をつとめ(?:て)?(?:い|お)ります[\p{Han}]{1,4}))?(?:です|と申(?:し|す)|でござい|より)(?:。|が|\n|$|ます|、|\s|い)"
);
pattern!(
    OFFICE,
    r"当院|当法人|当施設|弊院|当センター|当クリニック|当医院|当診療所|当社|当園|(?:^|[^\p{Han}])本[町市県村]|私ども|事務長|事務部長|人事(?:課|部|グループ|係|担当|の|、|\s|$)|採用(?:係|担当)|総務(?:課|部|担当|の)?|医局秘書|健康(?:課|福祉課|政策)|医療対策|事務部|■施設|理事会|院長の妻|クリニックを開い|practice manager|i manage|our (?:small )?(?:clinic|hospital|facility|practice)|we are a[^.\n]{0,20}(?:hospital|clinic|facility)|うちの(?:働き方|病院|クリニック|施設)|うちみたいな|病床|(?:施設|事業所|医療機関|法人|病院)名|募集(?:職種|人員|人数)|事業場"
);
pattern!(
    OF_DOCTOR,
    r"医$|医を|医師|医者|科の|院長|部長|所長|勤務|勤め|教授|講師|で働|先生|件|話|求人|紹介|希望|お話|募集"
);
// What is sought is a doctor.
pattern!(
    SEEKS,
    r"募集(?:いたし|し(?:て(?:い|お)|ます|たい)|をお願い|2件|のお知らせ|です|中の|ですが|人数|人員|職種|を|の)|医師募集|公募|(?:先生|医師|医|医者)(?:を|の)[^。\n]{0,16}(?:探し|お迎え|迎え|ほし|欲し|ご紹介|紹介|お願い|求め|募集|採用)|(?:内科|外科|整形|精神科|小児科|麻酔科|常勤|非常勤|産業|当直|健診|管理)医(?:師)?(?:を|\d|、)[^。\n]{0,14}(?:名|探|お迎え|募集|求め)|先生(?:を)?\d?[名人]?[^。\n]{0,8}(?:ほし|欲し)|先生(?:が|は)いらっしゃ(?:い|れば|ら)|方(?:が|は)?いらっしゃ(?:い|れば|ら)|先生(?:が|は)(?:足り|必要|不足)|医師(?:が|は)(?:足り|必要|不足)|後任(?:の(?:先生|医師)|を|の[^。\n]{0,8}医)|代診の先生|出務医|職医師|(?:施設長|管理医師|配置医師|嘱託医|産業医|校医)(?:の先生)?(?:を|の)(?:探|募集|お願い|求)|先生にお越し|お力添え願え|お?1人ほしい|先生探して|hire|vacancy|looking for (?:a|an|one|two|another)\s[^.\n]{0,30}(?:physician|doctor|internist|surgeon|[a-z]+ologist|[a-z]+ist|[a-z]+ian)\b|求人(?:票|の内容|です|を(?:お願い|出し|申し)|内容|掲載|の件|の登録|の条件|に?ついて|ですが)|ご紹介の際|いただける(?:先生|方)|くださる先生|来て(?:いただ|くださ)[^。\n]{0,6}(?:先生|方)"
);
// So plainly that no house need be named.
pattern!(
    SEEKS_SURE,
    r"(?:先生|医師)(?:を|\d名)[^。\n]{0,12}(?:探し|お迎え|募集|ほし|欲し|求め|お願いし)|代診の先生|施設長を(?:探|募集)|hire a|vacancy|公募"
);
pattern!(
    POST_CLOSED,
    r"募集[^。\n]{0,10}(?:取り下げ|打ち切|終了|停止|締め切|訂正|変更|見直)|掲載[^。\n]{0,10}(?:終了|停止|取り下げ|クローズ|変更|いただ)|求人[^。\n]{0,16}(?:取り下げ|打ち切|終了|停止|訂正|変更|差し替|直し|決ま|充足)|採用が決ま|充足|差し替えを|登録内容の直し|募集の訂正"
);
// What is sought is work.
pattern!(
    WANTS_WORK,
    r"(?:勤務先|勤め先|職場|仕事|働き口|勤め口|勤務地|再就職|ポスト|バイト|アルバイト)(?:を|は|が|で|に)?[^。\n]{0,14}(?:探し|希望|ありま(?:す|せん)か|ないでしょうか|紹介して|求め|移り|変わり|替わり|相談)|働きたい|働ける|働け(?:る|れば)|勤めたい|勤務したい|転職|求職|再就職|セカンドキャリア(?:の|を|登録)|登録(?:を|の)?(?:希望|したい|させて|方法|できますか|お願い)|診療できれば|雇(?:って|われ)|お世話になりたい|(?:を|が)希望(?:し|です|いた)|外来を(?:やり|続け|し)たい|looking for (?:part|full|a (?:part|full|job|post|position)|work|locum|online|positions?)|i would like to (?:work|register)"
);
pattern!(
    IS_DOCTOR,
    r"(?:科医|医師|医者|勤務医|開業医|専門医|外科医|内科医|女医)(?:です|と申|の[\p{Han}]{1,4}(?:です|と申)|をして(?:い|お)|として|で、|でござ)|\d{2}(?:歳|才|さい)|卒後\d|医籍|(?:内科|外科|[\p{Han}]科|整形|麻酔)(?:を|ば)[^。\n]{0,8}(?:年|やって)|専門は|i am an? [^.\n]{0,20}(?:ist|ian|doctor|surgeon)\b|(?:父|母|夫|主人|おやじ)(?:は|が)[^。\n]{0,10}医"
);
pattern!(
    ASKS_SERVICE,
    r"まだ何科の|お話を伺い|協定|手数料は(?:かかり|いくら|どの|必要|ござい|あり)|紹介手数料は|手順(?:と|を|に)|流れを|費用を|お願いできるもの(?:なん)?でしょう|求人を出す(?:場合|に)|ご意向を伺|という(?:くらい)?の?段階|始めた段階|利用方法|登録を勧め|どのように(?:お願い|依頼)|サービスについて|仕組み(?:を|に)|how your service|what it costs|まだ(?:院内で)?(?:固まって|決まって)(?:い|お)(?:ません|りません)[^\n]{0,40}(?:教え|伺)"
);
pattern!(
    TERMS,
    r"年俸|年収|日給|時給|月額|1回\d|\d(?:円|万円)|週\d|月\d{1,2}回|\d名|勤務時間|\d[:時]\d{0,2}[~-]|給与|日額|報酬"
);
pattern!(
    NOT_DOCTOR,
    r"(?:看護師|薬剤師|技師|療法士|助産師|保健師|介護士|医療事務|歯科衛生士|栄養士|歯科医師?|獣医師?)(?:歴|を(?:して|\d)|として(?:働|\d|勤)|でも|です|でし)|(?:医学生|医学部の?学生|大学の学生)(?:です|で、|の)|記者|新聞|取材|往診してくださる|通院に片道|通院でき(?:ません|ない)|survey|questionnaire|research group|着任して|お世話になっております[^\n]{0,8}着任|会場|貸会議室|患者(?:です|の家族)|父のことでご相談|診てもらえる|診て(?:いただ|くださ|もらえ)る(?:病院|所)|アンケートにご協力|持病のこと"
);
pattern!(
    PRESS,
    r"(?:新聞|テレビ|放送|通信社|編集部|記者|ライター)[^。、\n]{0,12}(?:です|と申)|取材(?:を|の|は|で)"
);
pattern!(
    EVENT,
    r"(?:講演会|セミナー|研究会|学会|学術集会|総会|懇親会|シンポジウム)の(?:ご?案内|お知らせ|開催|件|日程)|参加費(?:は|:)"
);
pattern!(
    KIN_DOCTOR,
    r"(?:父|母|夫|主人|おやじ|兄|義父)(?:は|が)[^。\n]{0,10}(?:医(?:師|で|、|。)|科医)"
);
pattern!(
    KIN_IS,
    r"(?:妻|夫|主人|家内|女房|娘|息子|母|父)(?:は|が|も)[^。、\n]{0,6}$"
);
pattern!(
    DOCTOR,
    r"医師(?:です|として|で|歴|免許)|医です|科医|専門医|求職|転職|転科|勤務(?:先|地|日)|当直|非常勤|常勤|バイト|register|physician|doctor|psychiatrist|anesthesi|医者|臨床|聴診器|医官|顧問医|病院勤務|ナイカ|ゲカ|セイケイ|ビョウイン|トウチョク|キンム|シュウ \d"
);
// Words of medicine that say a doctor only beside a wish.
pattern!(
    DOCTOR_TOO,
    r"医師|内科|外科|科を|科の|科[、。\s]|先生|診察|診療|病棟|公衆衛生|保健所|健診|外来|往診|手術|麻酔|救急|透析|オンコール"
);
pattern!(
    WISHES,
    r"希望|たい|探し|可能|不可|週\d|月\d|働|勤務|登録|紹介して|続け|できます|できません|仕事|通え|looking for|would like"
);
pattern!(
    THANKS,
    r"心より感謝|お骨折りのおかげ|無事に着任|御礼のみ|お礼まで"
);
pattern!(
    UPDATE,
    r"ご紹介(?:いただいた|ありがとう|の件(?:です|は|、|で|\s)|の[\p{Han}]{2}|くださった)|(?:先日|先般|先ほど|前回|以前|この前|こないだ|昨年|先月|先週|昨夏|前に)(?:は|に|の)?[^。\n]{0,14}(?:登録(?:し|いた|済)|お伝え|ご紹介|ご案内|申し(?:上げ|まし)|お話し|面談|のメール|のお(?:話|返事)|お送り|ありがとう|申し込|お願いし)|面談(?:ありがとう|の(?:お礼|折|際)|、)|前回の(?:メール|お)|登録(?:いたし|し)(?:まし|た)[\p{Han}]{0,4}(?:本|です|井|、)|登録(?:済|no|番号|した)|案\s?\d|案[A-Ea-e]|候補(?:[先a-d]|の?\d|に挙げ)|変更(?:を|でお願い|させて|してください|お願い|です)|取り下げ|外して(?:くだ|下|もら|いただ|、)|追加(?:・変更|で一点|してください|させ|です)|訂正(?:です|だけ|し)|以前お伝え|お伝えし(?:て|た)|登録から(?:半|\d)|にかわりに|(?:条件|希望)(?:の|を|について)(?:見直|変更|再確認|追加|補足)|登録はそのまま|お返事です|返信遅く|前に「|希望から消し|前回は書きません|お断り(?:になりました|の理由)|だいぶ変わり|事情が(?:少し)?変わ|話変わっ|ご案内の\d件|どうぞ進めて|拝見しました|行間に書き|下に書き込み|お(?:言葉|待たせ)|当面ご紹介は|条件再考|閉院が半年早ま|下に直接書き|結構なお話|お話、前向き|矢印のところ|のお返事|先週ご紹介|先生\(登録|updated|thanks for the list|correction to|what i told you|希望の追加|(?:件|病院|案|候補)[^。\n]{0,24}今回は見送|(?:先日|こないだ|この前)の[^。\n]{0,10}(?:話|件|病院|求人|案件|紹介|提案)"
);
pattern!(
    REPLY,
    r"^(?:re|fwd?|返信|転送)\s?[:：]|回答|訂正(?:$|[^し])|変更|追伸|補足|追加|一時休止"
);

// A post written down as a sheet: 「【求人】」 「職種：施設長」.
pattern!(
    POST_SHEET,
    r"(?:^|\n)\s*[【\[■◆]\s*(?:求人|医師求人|募集要項|医師募集)\s*[】\]]?\s*\n"
);
pattern!(
    POST_FIELD,
    r"(?:^|\n)\s*[・■●★【]?\s*(?:職種|募集科|募集|採用予定日)\s*[:】]"
);

/// Decides the kind.
pub fn read(cx: &Cx, input: &Input) -> MessageKind {
    let own = own_words(cx);
    let own = own.as_str();
    let subject = super::normalize::Norm::new(input.subject).text;
    let post_form = ["施設名", "事業所名", "医療機関名", "募集人員", "募集職種"]
        .iter()
        .any(|w| own.contains(w))
        || POST_SHEET.is(own)
        || POST_FIELD.is(own) && TERMS.is(own) && !own.contains("氏名") && !own.contains("名前")
        || own
            .lines()
            .take(3)
            .any(|l| l.contains("求人票") && l.chars().count() <= 24);
    let form = !post_form
        && (FORM.is(own) && !own.contains("お問い合わせ種別")
            || FORM.is(&subject)
            || own.contains("希望勤務")
            || own.contains("ご希望の働き方"));
    if !form && (SURE_PITCH.is(own) || PITCH.is(own) && !DOCTOR.is(own)) {
        return MessageKind::Sales;
    }
    let machine = input.automatic || MACHINE_SUBJECT.is(&subject) || MACHINE_TEXT.is(own);
    if !form && (machine || own.contains("配信停止は")) {
        return MessageKind::Automatic;
    }
    if OPT_OUT.is(own) && !KEEP.is(own)
        || subject.contains("配信停止")
        || subject.contains("登録の抹消")
    {
        return MessageKind::OptOut;
    }
    let house = house_speaks(cx, own, input);
    let asks = ASKS_SERVICE.is(own);
    let seeks = seeks_a_doctor(own);
    let press = PRESS.is(own) || EVENT.is(own) && !WANTS_WORK.is(own);
    if (press || not_a_doctor(own)) && !form && (press || !(house && (asks || seeks))) {
        return MessageKind::General;
    }
    if !form {
        let seeks = seeks || SEEKS.is(&subject) && house;
        let closes = POST_CLOSED.is(own) && (house || own.contains("求人") && !IS_DOCTOR.is(own));
        let works = WANTS_WORK.is(own) && IS_DOCTOR.is(own);
        let terms = TERMS.spans(own).len();
        if house && asks && !(seeks && terms >= 3) {
            return MessageKind::InstitutionInquiry;
        }
        if house && seeks
            || closes
            || house && OFFICE.is(own) && terms >= 3 && !works && !IS_DOCTOR.is(own)
            || post_form
            || SEEKS_SURE.is(own) && seeks && !works && !IS_DOCTOR.is(own)
        {
            return MessageKind::Opening;
        }
    }
    if THANKS.is(own) {
        return MessageKind::General;
    }
    let again = form
        && (own.contains("前回") || own.contains("先般") || own.contains("先日"))
        && (subject.contains("追加") || subject.contains("変更"));
    if again || !form && (input.known_doctor || is_update(cx, own, &subject)) {
        return MessageKind::DoctorUpdate;
    }
    if form || DOCTOR.is(own) || !cx.depts.is_empty() || DOCTOR_TOO.is(own) && WISHES.is(own) {
        return MessageKind::DoctorInquiry;
    }
    if PITCH.is(own) {
        return MessageKind::Sales;
    }
    MessageKind::General
}

/// A house speaks: it names itself, its office, or says 当院; a doctor of that house speaks of the own work.
fn house_speaks(cx: &Cx, own: &str, input: &Input) -> bool {
    if own.contains("募集する可能性") {
        return false;
    }
    let named = HOUSE_SPEAKS.all(own).into_iter().any(|c| {
        let of = c.name("of").map_or("", |m| m.as_str());
        let head = c
            .get(0)
            .map_or("", |m| own.get(..m.start()).unwrap_or_default());
        !OF_DOCTOR.is(of) && head.chars().count() < 160
    });
    let sender = super::normalize::Norm::new(input.from_name).text;
    let from_house = [
        "病院",
        "クリニック",
        "医院",
        "診療所",
        "センター",
        "役場",
        "市役所",
        "株式会社",
        "の里",
        "の丘",
        "苑",
        "保健所",
        "老人ホーム",
        "人事",
        "総務",
        "採用",
        "clinic",
        "hospital",
    ]
    .iter()
    .any(|w| sender.contains(w));
    let office = OFFICE.is(own);
    let works = WANTS_WORK.is(own) && IS_DOCTOR.is(own);
    named
        || office && !works
        || from_house && !works
        || office && from_house
        || cx.doc.latin && OFFICE.is(own)
}

/// A doctor is sought, and it is not only said that it may come to that.
fn seeks_a_doctor(own: &str) -> bool {
    SEEKS.all(own).into_iter().any(|c| {
        let Some(m) = c.get(0) else { return false };
        let rest: String = own
            .get(m.end()..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| !"。\n".contains(*c))
            .take(20)
            .collect();
        !(rest.contains("可能性")
            || rest.contains("ありますか")
            || rest.starts_with("は") && rest.contains("ないでしょうか"))
    })
}

fn not_a_doctor(own: &str) -> bool {
    !KIN_DOCTOR.is(own)
        && NOT_DOCTOR.all(own).into_iter().any(|c| {
            let head = c
                .get(0)
                .map_or("", |m| own.get(..m.start()).unwrap_or_default());
            !KIN_IS.is(head)
        })
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
