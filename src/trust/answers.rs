//! Answers of the DNS that are known beforehand: with them nothing is asked of any server.

use mail_auth::{
    DnsError, DnssecStatus, Error, RecordSet, ResolverCache, Txt,
    common::{parse::TxtRecordParser, verify::DomainKey},
    dmarc::Dmarc,
    hickory_resolver::proto::op::ResponseCode,
    spf::Spf,
};
use std::{borrow::Borrow, collections::HashMap, hash::Hash, sync::Arc, time::Instant};

/// TXT records by name, `selector._domainkey.example.com` and the like; a name that is not there does not exist. Without
/// records (the default) the DNS is asked.
#[derive(Clone, Default)]
pub struct Answers(Option<HashMap<Box<str>, Txt>>);

impl Answers {
    /// These records and no others.
    pub fn only<'x>(records: impl IntoIterator<Item = (&'x str, &'x str)>) -> Self {
        let mut known = HashMap::new();
        for (name, text) in records {
            let name = name.trim_end_matches('.').to_lowercase();
            let record = parsed(&name, text.as_bytes());
            known.insert(format!("{name}.").into(), record.clone());
            known.insert(name.into(), record);
        }
        Answers(Some(known))
    }
}

fn parsed(name: &str, text: &[u8]) -> Txt {
    if name.contains("._domainkey.") {
        DomainKey::parse(text).into()
    } else if name.starts_with("_dmarc.") {
        Dmarc::parse(text).into()
    } else {
        Spf::parse(text).into()
    }
}

impl ResolverCache<Box<str>, Txt> for Answers {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let nothing = || Txt::Error(Error::Dns(DnsError::RecordNotFound(ResponseCode::NXDomain)));
        let known = self.0.as_ref()?;
        Some(known.get(name).cloned().unwrap_or_else(nothing))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// Of the other types of records there are none.
impl<K, T: Clone> ResolverCache<K, RecordSet<T>> for Answers {
    fn get<Q>(&self, _: &Q) -> Option<RecordSet<T>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.as_ref().map(|_| RecordSet {
            rrset: Arc::from(Vec::new()),
            dnssec_status: DnssecStatus::default(),
        })
    }

    fn remove<Q>(&self, _: &Q) -> Option<RecordSet<T>>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: K, _: RecordSet<T>, _: Instant) {}
}
