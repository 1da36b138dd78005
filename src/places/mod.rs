//! Places of Japan, offline: names, coordinates, distances, commute bands.
