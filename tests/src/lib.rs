//! What the tests of etiquette share.
