"""How directives travel from the text through pandoc's parser to the filter: tokens and markers, or found again."""
