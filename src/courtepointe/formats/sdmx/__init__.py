"""SDMX 3.0: figures as SDMX-CSV 2.0 and SDMX-JSON 2.0, with the structure that explains them."""
