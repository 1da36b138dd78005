//! SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489), by mail-auth.

use super::{
    answers::Answers,
    received::{self, Delivery},
};
use crate::{
    config,
    decode::same_organisation,
    domain::message::{Auth, InboundMessage, ReturnPath},
};
use mail_auth::{
    AuthenticatedMessage, DkimOutput, DkimResult, DmarcResult, DnsError, Error,
    MessageAuthenticator, Parameters, SpfOutput, SpfResult,
    common::cache::NoCache,
    dmarc::verify::DmarcParameters,
    hickory_resolver::config::{
        ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig, ResolverOpts,
    },
    spf::verify::SpfParameters,
};
use std::{net::SocketAddr, time::Duration};

/// Checks mails.
pub struct Verifier {
    authenticator: MessageAuthenticator,
    answers: Answers,
    received_by: Vec<String>,
    timeout: Duration,
}

impl Verifier {
    /// As the section says; nothing where signatures are not to be checked.
    ///
    /// # Errors
    /// Where the system's resolvers cannot be read.
    pub fn configured(section: &config::Trust) -> anyhow::Result<Option<Self>> {
        if !section.check_signatures {
            return Ok(None);
        }
        let authenticator = match section.resolver {
            Some(server) => MessageAuthenticator::new(one(server), options(section)),
            None => MessageAuthenticator::new_system_conf(),
        };
        let authenticator = authenticator
            .map_err(|e| anyhow::anyhow!("DNS の設定を読めません（[trust] resolver）: {e}"))?;
        Ok(Some(Self::of(authenticator, Answers::default(), section)))
    }

    /// With answers that are known beforehand; no server is asked.
    ///
    /// # Errors
    /// Where no resolver can be made.
    pub fn with_answers(answers: Answers, section: &config::Trust) -> anyhow::Result<Self> {
        let nowhere = ResolverConfig::from_parts(None, vec![], vec![]);
        let authenticator = MessageAuthenticator::new(nowhere, options(section))?;
        Ok(Self::of(authenticator, answers, section))
    }

    fn of(authenticator: MessageAuthenticator, answers: Answers, section: &config::Trust) -> Self {
        Verifier {
            authenticator,
            answers,
            received_by: section.received_by.clone(),
            timeout: Duration::from_secs(section.timeout_seconds),
        }
    }

    /// What can be found out about the sender of `mail`, whose bytes are `raw`. Without an answer in time everything stays
    /// `none`: a slow DNS holds no mail up.
    pub async fn verify(&self, raw: &[u8], mail: &InboundMessage) -> Auth {
        tokio::time::timeout(self.timeout, self.check(raw, mail))
            .await
            .unwrap_or_default()
    }

    /// Whether the DNS answers at all; that `domain` has no policy is an answer.
    ///
    /// # Errors
    /// Where no server answers in time.
    pub async fn probe(&self, domain: &str) -> anyhow::Result<()> {
        let asked = self
            .authenticator
            .txt_raw_lookup(format!("_dmarc.{domain}."));
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(Ok(_) | Err(Error::Dns(DnsError::RecordNotFound(_)))) => Ok(()),
            Ok(Err(e)) => {
                anyhow::bail!("DNS が答えません（[trust] resolver を確かめてください）: {e}")
            }
            Err(_) => anyhow::bail!(
                "DNS が {} 秒のうちに答えません（[trust] resolver を確かめてください）",
                self.timeout.as_secs()
            ),
        }
    }

    async fn check(&self, raw: &[u8], mail: &InboundMessage) -> Auth {
        let Some(message) = AuthenticatedMessage::parse(raw) else {
            return Auth::default();
        };
        let author = domain(&mail.from.address);
        let signatures = self.authenticator.verify_dkim(self.ask(&message)).await;
        let dkim = of_signatures(&signatures);
        let delivery = received::delivery(raw, &self.received_by);
        let sender = match &mail.return_path {
            ReturnPath::Address(address) => address.as_str(),
            _ => "",
        };
        let path = match &delivery {
            Some(delivery) => self.path(delivery, sender).await,
            None => SpfOutput::new(domain(sender)),
        };
        let signed = signatures.iter().any(|output| {
            *output.result() == DkimResult::Pass
                && output
                    .signature()
                    .is_some_and(|s| same_organisation(&s.d.to_lowercase(), &author))
        });
        let routed =
            path.result() == SpfResult::Pass && same_organisation(&domain(path.domain()), &author);
        let policy = self
            .authenticator
            .verify_dmarc(self.ask(DmarcParameters::new(
                &message,
                &signatures,
                path.domain(),
                &path,
            )))
            .await;
        let dmarc = match policy.result() {
            DmarcResult::Pass => "pass",
            // Where the delivering host is not known, SPF might have passed: a missing signature proves nothing then.
            _ if delivery.is_none() => "none",
            DmarcResult::Fail(_) => "fail",
            DmarcResult::TempError(_) => "temperror",
            DmarcResult::PermError(_) => "permerror",
            DmarcResult::None => "none",
        };
        Auth {
            spf: match delivery {
                Some(_) => of_path(path.result()),
                None => "none",
            }
            .to_owned(),
            dkim: dkim.to_owned(),
            dmarc: dmarc.to_owned(),
            aligned: signed || routed || dmarc == "pass",
        }
    }

    async fn path(&self, delivery: &Delivery, sender: &str) -> SpfOutput {
        let parameters = if sender.is_empty() {
            SpfParameters::verify_ehlo(delivery.ip, &delivery.helo, &delivery.by)
        } else {
            SpfParameters::verify_mail_from(delivery.ip, &delivery.helo, &delivery.by, sender)
        };
        self.authenticator.verify_spf(self.ask(parameters)).await
    }

    fn ask<P>(
        &self,
        parameters: P,
    ) -> Parameters<'_, P, Answers, Answers, Answers, Answers, Answers> {
        Parameters::<P, NoCache<_, _>, NoCache<_, _>, NoCache<_, _>, NoCache<_, _>, NoCache<_, _>>::new(
            parameters,
        )
        .with_txt_cache(&self.answers)
        .with_mx_cache(&self.answers)
        .with_ptr_cache(&self.answers)
        .with_ipv4_cache(&self.answers)
        .with_ipv6_cache(&self.answers)
    }
}

fn one(server: SocketAddr) -> ResolverConfig {
    let connection = |protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = server.port();
        connection
    };
    let connections = vec![
        connection(ProtocolConfig::Udp),
        connection(ProtocolConfig::Tcp),
    ];
    ResolverConfig::from_parts(
        None,
        vec![],
        vec![NameServerConfig::new(server.ip(), true, connections)],
    )
}

fn options(section: &config::Trust) -> ResolverOpts {
    let mut options = ResolverOpts::default();
    options.timeout = Duration::from_secs(section.timeout_seconds);
    options
}

fn domain(address: &str) -> String {
    address
        .rsplit_once('@')
        .map_or(address, |(_, domain)| domain)
        .trim_matches(['<', '>', '.', ' '])
        .to_lowercase()
}

/// Of several signatures one that passes is enough; else the first speaks.
fn of_signatures(signatures: &[DkimOutput<'_>]) -> &'static str {
    if signatures.iter().any(|s| *s.result() == DkimResult::Pass) {
        return "pass";
    }
    match signatures.first().map(DkimOutput::result) {
        None | Some(DkimResult::None) => "none",
        Some(DkimResult::Pass) => "pass",
        // mail-auth calls a body that was changed neutral; RFC 8601 section 2.7.1 calls it a failure.
        Some(DkimResult::Neutral(_) | DkimResult::Fail(_)) => "fail",
        Some(DkimResult::PermError(_)) => "permerror",
        Some(DkimResult::TempError(_)) => "temperror",
    }
}

fn of_path(result: SpfResult) -> &'static str {
    match result {
        SpfResult::Pass => "pass",
        SpfResult::Fail => "fail",
        SpfResult::SoftFail => "softfail",
        SpfResult::Neutral => "neutral",
        SpfResult::TempError => "temperror",
        SpfResult::PermError => "permerror",
        SpfResult::None => "none",
    }
}
