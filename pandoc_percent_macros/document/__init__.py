"""The document side: directives in Markdown text, markers, pandoc's elements, and results in their place."""
