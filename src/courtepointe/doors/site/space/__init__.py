"""The pages of a workspace: one frame, one gate, one way to answer a form."""
