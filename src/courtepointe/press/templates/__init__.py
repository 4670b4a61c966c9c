"""Templates of portraits: what stands on a document, in what order, when; data, without code."""

from courtepointe.press.templates.read import read_template, shipped, template
from courtepointe.press.templates.values import (
    BlockKind,
    Condition,
    SheetKind,
    Template,
    TemplateBlock,
    TemplatePart,
)

__all__ = [
    "BlockKind",
    "Condition",
    "SheetKind",
    "Template",
    "TemplateBlock",
    "TemplatePart",
    "read_template",
    "shipped",
    "template",
]
