use super::{arguments::AddressArgs, print::Printer};
use crate::places::{self, Place};
use serde_json::json;

pub(super) fn run(args: &AddressArgs, p: &Printer) -> anyhow::Result<bool> {
    let found = places::find(&args.text.join(" "));
    let municipality = match (&found.place, &found.site) {
        (Some(Place::Municipality(m)), _) => Some(*m),
        (Some(Place::Station(_)), Some(site)) => places::nearest(site.point),
        _ => None,
    };
    let prefecture = municipality
        .map(|m| m.prefecture)
        .or_else(|| found.place.as_ref().and_then(Place::prefecture))
        .map(|p| p.name());
    let municipality = municipality.map(|m| m.name);
    let some = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
    p.object(&json!({
        "prefecture": prefecture, "municipality": municipality, "town": some(&found.town), "rest": some(&found.rest),
        "lat": found.site.map(|s| s.point.lat), "lon": found.site.map(|s| s.point.lon),
        "radius_km": found.site.map(|s| s.error_km), "source": found.source.map(places::Source::as_str),
    }))?;
    Ok(true)
}
