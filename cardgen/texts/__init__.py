"""Text files: Markdown for people, and lines of two columns for programs that learn in pairs."""
