//! What `check` says of the chat.

use crate::{
    desk::Desk,
    discord::{Double, Fault},
};
use madoguchi::review::discord::probe;

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_is_checked_and_each_fault_is_named() {
    let double = Double::start().await;
    let desk = Desk::new(&double).await.with_intake();
    let right = desk.config.clone();
    assert!(probe(&right).await.unwrap().contains("madoguchi"));
    for (change, words) in [
        (
            &(|c: &mut madoguchi::config::Discord| c.guild_id = 9)
                as &dyn Fn(&mut madoguchi::config::Discord),
            "discord.guild_id",
        ),
        (&|c| c.review_channel_id = 9, "discord.review_channel_id"),
        (
            &|c| c.intake_channel_id = Some(9),
            "discord.intake_channel_id",
        ),
        (&|c| c.staff_role_id = 9, "discord.staff_role_id"),
        (
            &|c| c.token = Some("wrong".into()),
            "MADOGUCHI_DISCORD_TOKEN",
        ),
        (&|c| c.token = None, "MADOGUCHI_DISCORD_TOKEN"),
        (
            &|c| c.ca_file = Some("nowhere.pem".into()),
            "discord.ca_file",
        ),
        (
            &|c| c.api_url = Some("http://127.0.0.1:9".into()),
            "接続できません",
        ),
    ] {
        let mut wrong = right.clone();
        change(&mut wrong);
        let said = format!("{:#}", probe(&wrong).await.unwrap_err());
        assert!(said.contains(words), "{words}: {said}");
    }
    double.change(|w| w.application_flags = 0);
    let said = format!("{:#}", probe(&right).await.unwrap_err());
    assert!(said.contains("Message Content Intent"), "{said}");
    double.plan("GET", "/users/@me", Fault::Status(503, 0), 1);
    let said = format!("{:#}", probe(&right).await.unwrap_err());
    assert!(said.contains("接続できません"), "{said}");
    double.verify();
}
