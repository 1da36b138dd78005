//! How to reach Discord, or the server that stands for it.

use super::fault::Fault;
use crate::config;
use anyhow::Context as _;
use serenity::{
    builder::CreateAllowedMentions,
    http::{Http, HttpBuilder},
};
use std::{net::SocketAddr, time::Duration};

/// A request that takes longer has failed.
const REQUEST_LIMIT: Duration = Duration::from_secs(20);

/// Where requests go.
#[derive(Debug, Clone)]
pub enum Api {
    /// Discord. Its limits are kept by waiting.
    Discord {
        /// Another address behind Discord's name, for a server of our own with a certificate of our own.
        address: Option<SocketAddr>,
    },
    /// Another server, by the URL that replaces `https://discord.com`.
    Other(String),
}

/// How Discord is reached.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Where requests go.
    pub api: Api,
    /// Where events come from; none: the server of the requests says it.
    pub gateway: Option<String>,
    /// Further certificates to trust, PEM.
    pub certificates: Vec<Vec<u8>>,
}

impl Endpoint {
    /// As the configuration says.
    ///
    /// # Errors
    /// Where the certificate file cannot be read.
    pub fn of(config: &config::Discord) -> anyhow::Result<Endpoint> {
        let certificates =
            match &config.ca_file {
                Some(file) => vec![std::fs::read(file).with_context(|| {
                    format!("discord.ca_file（{}）を読めません", file.display())
                })?],
                None => vec![],
            };
        Ok(Endpoint {
            api: match &config.api_url {
                Some(url) => Api::Other(url.trim_end_matches('/').to_owned()),
                None => Api::Discord { address: None },
            },
            gateway: config.gateway_url.clone(),
            certificates,
        })
    }

    /// The client for requests.
    pub(super) fn http(&self, token: &str) -> anyhow::Result<Http> {
        let mut client = reqwest::Client::builder()
            .use_rustls_tls()
            .timeout(REQUEST_LIMIT)
            .connect_timeout(Duration::from_secs(10));
        for pem in &self.certificates {
            for certificate in reqwest::Certificate::from_pem_bundle(pem)
                .context("discord.ca_file は PEM の証明書ではありません")?
            {
                client = client.add_root_certificate(certificate);
            }
        }
        let mut builder =
            HttpBuilder::new(token).default_allowed_mentions(CreateAllowedMentions::new());
        match &self.api {
            // serenity's rate limiter knows no other server: with it on, `proxy` would be passed over in silence and the
            // request would go to Discord.
            Api::Other(url) => {
                client = client.no_proxy();
                builder = builder.proxy(url).ratelimiter_disabled(true);
            }
            Api::Discord { address: Some(at) } => {
                client = client.no_proxy().resolve("discord.com", *at);
            }
            Api::Discord { address: None } => {}
        }
        Ok(builder.client(client.build()?).build())
    }

    /// The URL of the gateway. Where another server stands for Discord, Discord's own gateway is never used.
    pub(super) async fn gateway(&self, http: &Http) -> Result<String, Fault> {
        if let Some(url) = &self.gateway {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        let url = http.get_gateway().await.map_err(super::fault::fault)?.url;
        let own = match &self.api {
            Api::Discord { address: None } => true,
            Api::Discord { .. } | Api::Other(_) => !is_discords(&url),
        };
        if own {
            Ok(url)
        } else {
            Err(Fault::Refused(format!(
                "discord.api_url の指すサーバーが、Discord 本来のゲートウェイ（{url}）を答えました。discord.gateway_url を指定してください。"
            )))
        }
    }
}

fn is_discords(url: &str) -> bool {
    let host = url
        .split_once("://")
        .map_or(url, |(_, rest)| rest)
        .split(['/', ':', '?'])
        .next()
        .unwrap_or_default();
    ["discord.gg", "discord.com", "discordapp.com"]
        .iter()
        .any(|d| host == *d || host.ends_with(&format!(".{d}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discords_own_gateway_is_known() {
        for (url, expect) in [
            ("wss://gateway.discord.gg", true),
            ("wss://gateway-us-east1-b.discord.gg/?v=10", true),
            ("ws://127.0.0.1:4000/ws", false),
            ("wss://discord.gg.example.jp", false),
        ] {
            assert_eq!(is_discords(url), expect, "{url}");
        }
    }
}
