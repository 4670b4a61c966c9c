"""The form of a survey on paper."""

from courtepointe.press.surveys.paper import PaperForm, PaperQuestion, write_form

__all__ = ["PaperForm", "PaperQuestion", "write_form"]
