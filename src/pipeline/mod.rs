//! One function a transition.
