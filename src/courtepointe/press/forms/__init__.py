"""The forms of a publication: PDF, Word, PowerPoint, Excel, offline HTML."""
