"""The demonstration: what a workspace holds once a neighbourhood has worked with it, invented and said to be so."""
