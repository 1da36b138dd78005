//! Where the writer of an English mail lives, by the words before a place.

use super::super::pattern::pattern;

pattern!(
    LIVES,
    r"(?:\bwhere (?:i|we)(?: both| now| also)? live,?|\b(?:our|my|the)(?: own| present| family| little)? (?:house|home|flat|apartment|family|farm|home base) (?:is|stands|lies|being)(?: still| now| just| also)? (?:in|at|near|outside)|\bat home in|\bhome (?:is|being)(?: in| at)?|\bhome ?[:-](?: in)?|\b(?:i|we|and|who)(?: now| currently| still| both| also| have always| presently)* (?:live|reside|dwell|am based|are based|am settled|have settled|am at home|make (?:our|my) home|have (?:a|our|my) (?:house|home|flat))(?: (?:with|together|on|alone|by)(?: [a-z']+){1,4}?)? (?:in|near|outside|at)|\bliving(?: [a-z']+){0,3} (?:in|near|outside)|\bresid(?:ing|ent|ence)(?: in| of| is|:)+|\bfrom my (?:home|house|flat|place|door) in|\bsettled in|\bwe (?:own|have) a (?:house|flat|home) in)\s(?:central |downtown |the (?:city|town|suburbs|outskirts|hills|north|south|east|west) of |rural |[a-z]+, )?$"
);
pattern!(
    COMES_FROM,
    r"\b(?:come|commute|commuting|travel|drive|driving|train|bus|car|shinkansen|bicycle|bike|minutes?|min|hours?|line|away|far|distance|reach|reachable|radius|journey|ride|reached)\b[^.;,]{0,20}\sfrom\s$"
);

/// Whether the words before a place say that the writer lives there.
pub(in crate::understand) fn lives(head: &str) -> bool {
    LIVES.is(head)
}

/// Whether the way to work is counted from the place.
pub(in crate::understand) fn comes_from(head: &str) -> bool {
    COMES_FROM.is(head)
}

pattern!(
    TRAVEL,
    r"commut|\bdoor[ -]to[ -]door|\beach way|\bone way\b|\bjourney|\btravel|\bi (?:can |could |would |will |do )?(?:drive|cycle|come by|go by|take the)|\bby (?:train|car|bus|bike|bicycle|subway)\b|\b(?:train|shinkansen|subway)\b|\bfrom (?:home|my (?:home|house|flat|door))\b|\bon the (?:train|road|way)\b|\btoo far\b|\baway\b"
);
pattern!(
    OTHER_TIME,
    r"\b(?:patients?|consultations?|appointments?|lunch|breaks?|meetings?|interview|overtime|on[- ]call|called|lecture|late|early|video|call|phone)\b"
);

/// Whether a time in minutes is spent on the way, by its sentence or the one before.
pub(in crate::understand) fn on_the_way(sentence: &str, above: &str) -> bool {
    !OTHER_TIME.is(sentence)
        && (TRAVEL.is(sentence) || sentence.chars().count() < 60 && TRAVEL.is(above))
}
