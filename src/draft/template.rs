//! The templates of `prompts/`, compiled in; a value that a template misses is an error and never a gap in a mail.

use super::{clean, wrap};
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};
use std::sync::LazyLock;

/// Every template, by name.
pub(super) const TEMPLATES: [(&str, &str); 12] = [
    ("ack.ja.txt", include_str!("../../prompts/ack.ja.txt")),
    ("ack.en.txt", include_str!("../../prompts/ack.en.txt")),
    ("answer.ja.txt", include_str!("../../prompts/answer.ja.txt")),
    ("answer.en.txt", include_str!("../../prompts/answer.en.txt")),
    (
        "institution.ja.txt",
        include_str!("../../prompts/institution.ja.txt"),
    ),
    (
        "institution.en.txt",
        include_str!("../../prompts/institution.en.txt"),
    ),
    (
        "question.ja.txt",
        include_str!("../../prompts/question.ja.txt"),
    ),
    (
        "question.en.txt",
        include_str!("../../prompts/question.en.txt"),
    ),
    (
        "opt_out.ja.txt",
        include_str!("../../prompts/opt_out.ja.txt"),
    ),
    (
        "opt_out.en.txt",
        include_str!("../../prompts/opt_out.en.txt"),
    ),
    (
        "signature.ja.txt",
        include_str!("../../prompts/signature.ja.txt"),
    ),
    (
        "signature.en.txt",
        include_str!("../../prompts/signature.en.txt"),
    ),
];

/// A text that could not be made; nothing may leave then.
#[derive(Debug, thiserror::Error)]
#[error("文面を作れません（ひな形 {template}）: {reason}")]
pub struct TextError {
    /// The template.
    pub template: String,
    /// What the template engine said.
    pub reason: String,
}

static ENVIRONMENT: LazyLock<Result<Environment<'static>, minijinja::Error>> =
    LazyLock::new(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(
            SyntaxConfig::builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .build()?,
        );
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        Ok(environment)
    });

/// Fills a template and wraps its lines.
pub(super) fn render(name: &str, values: Value) -> Result<String, TextError> {
    let failed = |reason: String| TextError {
        template: name.to_owned(),
        reason,
    };
    let environment = ENVIRONMENT.as_ref().map_err(|e| failed(e.to_string()))?;
    let text = environment
        .get_template(name)
        .and_then(|template| template.render(values))
        .map_err(|e| failed(format!("{e:#}")))?;
    Ok(clean::body(&wrap::wrap(&one_blank_line(&text))))
}

/// Parts that a template leaves out leave no gap of several blank lines.
fn one_blank_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push('\n');
        }
        blank = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}
