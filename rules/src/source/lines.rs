//! Byte offsets to lines and columns, and back.

use crate::Position;

/// Where each line of a text starts.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The number of the line, from 1.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    pub(crate) fn position(&self, text: &str, byte: usize) -> Position {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line(byte);
        let start = self.starts[line - 1];
        Position {
            byte,
            line,
            column: text[start..byte].chars().count() + 1,
        }
    }

    /// The byte at a line (from 1) and a column in characters (from 0), as spans give them.
    pub(crate) fn byte(&self, text: &str, line: usize, column: usize) -> usize {
        let Some(start) = line.checked_sub(1).and_then(|n| self.starts.get(n)) else {
            return text.len();
        };
        let rest = &text[*start..];
        rest.char_indices()
            .nth(column)
            .map_or(text.len(), |(at, _)| start + at)
    }

    /// The bytes of a line, without its end.
    pub(crate) fn text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let Some(start) = line.checked_sub(1).and_then(|n| self.starts.get(n)) else {
            return "";
        };
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        text[*start..end.max(*start)].trim_end_matches('\r')
    }

    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn columns_count_characters_and_bytes_come_back() {
        let text = "a\näö x\n";
        let lines = Lines::new(text);
        let at = text.find('x').expect("it is there");
        let position = lines.position(text, at);
        assert_eq!((position.line, position.column), (2, 4));
        assert_eq!(lines.byte(text, 2, 3), at);
        assert_eq!(lines.text(text, 2), "äö x");
        assert_eq!(lines.text(text, 9), "");
    }
}
